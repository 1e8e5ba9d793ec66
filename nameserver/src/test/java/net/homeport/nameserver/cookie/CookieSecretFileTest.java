package net.homeport.nameserver.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secrets that a set of servers shares. */
final class CookieSecretFileTest {
  private static final String ONE = "e5e973e5a6b2a43f48e7dc849e37bfcf";
  private static final String TWO = "445536bcd2513298075a5d379663c962";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("cookies"), text);
  }

  @Test
  void theFirstIsThePresentOne() throws IOException {
    CookieSecretFile file =
        CookieSecretFile.open(file("# of the set\n\n " + ONE + " \n" + TWO + "\n"));
    assertThat(file.current()).containsExactly(CookieSecret.parse(ONE), CookieSecret.parse(TWO));
  }

  @Test
  void aChangedFileIsReadAgainUnlessItIsBad() throws IOException {
    CookieSecretFile file = CookieSecretFile.open(file(ONE));
    file(TWO + "\n" + ONE);
    assertThat(file.current()).containsExactly(CookieSecret.parse(TWO), CookieSecret.parse(ONE));
    file("half");
    assertThat(file.current()).hasSize(2);
    Files.delete(folder.resolve("cookies"));
    assertThat(file.current()).hasSize(2);
    file(ONE);
    assertThat(file.current()).containsExactly(CookieSecret.parse(ONE));
  }

  @Test
  void errorsTellFileAndLineAndNoSecret() throws IOException {
    Path bad = file(ONE + "\n" + TWO.substring(1) + "\n");
    assertThatThrownBy(() -> CookieSecretFile.open(bad))
        .isInstanceOf(IOException.class)
        .hasMessage(bad + ":2: a cookie secret is 32 hexadecimal digits");
    Path empty = file("#\n");
    assertThatThrownBy(() -> CookieSecretFile.open(empty)).hasMessageContaining("has 0 cookie");
    assertThatThrownBy(() -> CookieSecretFile.open(folder.resolve("none")))
        .hasMessageContaining("there is no file");
  }
}
