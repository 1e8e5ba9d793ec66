package net.homeport.web.echo;

import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.web.WebFixture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckIpTest {
  @ParameterizedTest
  @ValueSource(strings = {"/checkip", "/nic/checkip"})
  void tellsTheCallersAddress(String path) throws Exception {
    try (var web = WebFixture.start()) {
      String plain = web.raw("GET " + path + " HTTP/1.0\r\n\r\n");
      assertThat(plain).contains("Content-Type: text/plain").endsWith("\r\n\r\n127.0.0.1\n");
      String page =
          web.raw(
              "GET "
                  + path
                  + " HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
      assertThat(page)
          .contains("Content-Type: text/html")
          .endsWith("<body>Current IP Address: 127.0.0.1</body></html>\n");
    }
  }
}
