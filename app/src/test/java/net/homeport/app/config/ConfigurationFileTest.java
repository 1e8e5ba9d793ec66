package net.homeport.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationFileTest {
  @TempDir private Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("homeport.toml"), text);
  }

  @Test
  void holdsEverySetting() throws Exception {
    var configuration =
        ConfigurationFile.read(
            file(
                """
                data = "/var/lib/homeport"
                dns = ["192.0.2.53:53", "[2001:db8::53]:53"]
                web = "127.0.0.1:8053"
                trusted-proxy = ["127.0.0.1"]
                udp-workers = 2
                dot = "192.0.2.53:853"
                https = ["192.0.2.53:443"]
                tls-certificate = "fullchain.pem"
                tls-key = "privkey.pem"
                """));
    assertThat(configuration.text("data")).contains("/var/lib/homeport");
    assertThat(configuration.texts("dns")).containsExactly("192.0.2.53:53", "[2001:db8::53]:53");
    assertThat(configuration.texts("web")).containsExactly("127.0.0.1:8053");
    assertThat(configuration.texts("trusted-proxy")).containsExactly("127.0.0.1");
    assertThat(configuration.number("udp-workers")).contains(2);
    assertThat(configuration.texts("dot")).containsExactly("192.0.2.53:853");
    assertThat(configuration.texts("https")).containsExactly("192.0.2.53:443");
    assertThat(configuration.text("tls-certificate")).contains("fullchain.pem");
    assertThat(configuration.text("tls-key")).contains("privkey.pem");
  }

  @Test
  void anAbsentSettingIsAbsent() throws Exception {
    var configuration = ConfigurationFile.none();
    assertThat(configuration.text("data")).isEmpty();
    assertThat(configuration.texts("dns")).isEmpty();
    assertThat(configuration.number("udp-workers")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "data = 5 | line 1, column 1: 'data' is a text in quotes",
        "dns = [1] | 'dns' is an array of texts",
        "udp-workers = \"x\" | 'udp-workers' is a whole number",
      })
  void aSettingOfTheWrongTypeSaysWhere(String text, String words) throws Exception {
    var configuration = ConfigurationFile.read(file(text));
    assertThatThrownBy(
            () -> {
              configuration.text("data");
              configuration.texts("dns");
              configuration.number("udp-workers");
            })
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(words);
  }

  @Test
  void errorsComeWithLineAndColumn() throws IOException {
    Path file = file("dns = [\"127.0.0.1:53\"]\nweb = = 1\n");
    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("homeport.toml line 2, column 7");
  }

  @Test
  void anUnknownSettingIsNamedWithThoseThatExist() throws IOException {
    Path file = file("dns = []\nports = 1\n");
    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .hasMessageContaining("line 2, column 1: no setting is called 'ports'")
        .hasMessageContaining("trusted-proxy");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ConfigurationFile.read(folder.resolve("no.toml")))
        .hasMessageContaining("no.toml");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:5300, 127.0.0.1:5300",
    "[::1]:53, [::1]:53",
    "[2001:DB8::1]:0, [2001:db8::1]:0",
    "::1:53, [::1]:53",
  })
  void addressesWithPorts(String text, String canonical) throws Exception {
    assertThat(SocketAddressText.of(SocketAddressText.parse("dns", text))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({"5300", "localhost:53", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1"})
  void whatIsNoAddressWithAPort(String text) {
    assertThatThrownBy(() -> SocketAddressText.parse("dns", text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dns: '" + text + "'");
  }
}
