package net.homeport.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.testkit.FakeClock;
import org.junit.jupiter.api.Test;

/** People's passwords: Argon2id with its parameters, and nobody learns whether a name exists. */
final class PasswordHasherTest {
  private final PasswordHasher passwords = new PasswordHasher(new Random(7));

  @Test
  void aPasswordIsVerifiedAndAnotherIsNot() throws Exception {
    String hash = passwords.hash("correct horse battery");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(passwords.verify("correct horse battery", hash)).isTrue();
    assertThat(passwords.verify("correct horse batterx", hash)).isFalse();
    assertThat(passwords.verify("", hash)).isFalse();
    assertThat(passwords.hash("correct horse battery")).isNotEqualTo(hash);
  }

  /** Made by the reference implementation (github.com/P-H-C/phc-winner-argon2, its README). */
  @Test
  void aHashOfOthersIsUnderstood() throws Exception {
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(passwords.verify("password", hash)).isTrue();
    assertThat(passwords.verify("Password", hash)).isFalse();
  }

  @Test
  void anotherKindOfHashIsADefect() {
    assertThatThrownBy(() -> passwords.verify("x", "$2y$10$abcdefghijklmnopqrstuv"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoIsDisabledOrUnknownOrWrongIsNobody() throws Exception {
    var clock = new FakeClock();
    var registry = new AccountRegistry(AccountStore.NONE, clock);
    var hasher = new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new Random(7));
    var reader = new PrincipalReader(registry, "administrator"::equals, hasher, passwords, clock);
    Person ann = registry.addPerson("ann", passwords.hash("a long password"));
    registry.addPerson("bob", null);
    assertThat(reader.ofPassword("Ann", "a long password"))
        .isEqualTo(new Principal.Member(ann, null));
    assertThat(reader.ofPassword("ann", "a wrong password")).isNull();
    assertThat(reader.ofPassword("nobody", "a long password")).isNull();
    assertThat(reader.ofPassword("bob", "")).isNull();
    assertThat(reader.ofPassword("ann", "x".repeat(PasswordHasher.PASSWORD_MAX + 1))).isNull();
    assertThat(reader.ofToken("administrator")).isEqualTo(new Principal.ServerAdministrator());
    assertThat(reader.ofToken("other")).isNull();
    registry.setDisabled(ann, true);
    assertThat(reader.ofPassword("ann", "a long password")).isNull();
  }
}
