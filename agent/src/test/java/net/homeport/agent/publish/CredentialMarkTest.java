package net.homeport.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialMarkTest {
  @Test
  void recognisesOnlyThePasswordItWasMadeOf() {
    var random = new Random(1);
    CredentialMark mark = CredentialMark.of("secret", random);
    assertThat(mark.text()).matches("[0-9a-f]{32}:[0-9a-f]{64}").doesNotContain("secret");
    assertThat(mark.matches("secret")).isTrue();
    assertThat(mark.matches("Secret")).isFalse();
    assertThat(mark.matches("")).isFalse();
    assertThat(CredentialMark.of("secret", random)).isNotEqualTo(mark);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "00", "00:", ":00", "0:00", "00:zz", "zz:00"})
  void aDamagedMarkIsOfNoPassword(String text) {
    assertThat(new CredentialMark(text).matches("secret")).isFalse();
  }

  @Test
  void credentialsShowOnlyTheUser() {
    assertThat(new Credentials("alice", () -> "secret")).hasToString("alice");
    assertThat(new Credentials("Aladdin", () -> "x").authorization("open sesame"))
        .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }
}
