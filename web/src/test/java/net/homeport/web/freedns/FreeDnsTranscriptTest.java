package net.homeport.web.freedns;

import static net.homeport.web.DoorClient.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FreeDNS's URLs, whose token says whose they are and what they are about. */
final class FreeDnsTranscriptTest {
  private static final String HOST = "branch1.dyn.example.org";

  private WebFixture web;
  private DoorClient client;
  private String token;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    client = new DoorClient(web);
    token = web.host(HOST);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dynamic/update.php?TOKEN&address=198.51.100.7",
        "/u/TOKEN/?ip=198.51.100.7",
        "/u/TOKEN?address=198.51.100.7"
      })
  void updatedThenSkipped(String url) throws Exception {
    String path = url.replace("TOKEN", token);
    assertAnswer(client.get(path), 200, "Updated " + HOST + " to 198.51.100.7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertAnswer(
        client.get(path),
        200,
        "No IP change detected for "
            + HOST
            + " with IP 198.51.100.7, skipping update: it has not changed\n");
  }

  @Test
  void nothingButTheUrl() throws Exception {
    assertAnswer(
        client.get("/dynamic/update.php?" + token), 200, "Updated " + HOST + " to 127.0.0.1\n");
    assertThat(web.rawOverIpv6(DoorClient.request("GET", "/u/" + token + "/")))
        .endsWith("Updated " + HOST + " to ::1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dynamic/update.php?guess", "/dynamic/update.php", "/u/guess/", "/u/"})
  void aWrongUrl(String url) throws Exception {
    assertAnswer(client.get(url), 401, "ERROR: Invalid update URL\n");
  }

  @Test
  void whatIsNoAddress() throws Exception {
    assertAnswer(
        client.get("/dynamic/update.php?" + token + "&address=999.1.1.1"),
        400,
        "ERROR: Invalid IP address\n");
  }

  @Test
  void withAHostNameTheShortUrlIsDyndns2() throws Exception {
    assertAnswer(
        client.get("/u/" + token + "?hostname=" + HOST + "&myip=198.51.100.7"),
        200,
        "good 198.51.100.7\n");
  }
}
