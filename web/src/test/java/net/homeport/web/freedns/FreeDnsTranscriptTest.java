package net.homeport.web.freedns;

import static net.homeport.web.DoorClient.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import net.homeport.registry.credential.NameScope;
import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

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

  /** An enrolled device's token, and any that is for one host alone, says which host is meant. */
  @Test
  void aTokenForOneHostIsAboutThatHost() throws Exception {
    var branch = new NameScope.Entry(Name.fromString(HOST + "."), false);
    String one = web.credential("cam@branch", new NameScope.Listed(List.of(branch)));
    assertAnswer(
        client.get("/dynamic/update.php?" + one + "&address=198.51.100.8"),
        200,
        "Updated " + HOST + " to 198.51.100.8\n");
    var zone = new NameScope.Entry(Name.fromString("dyn.example.org."), true);
    String all = web.credential("office", new NameScope.Listed(List.of(zone)));
    assertThat(client.get("/u/" + all + "/?ip=198.51.100.9")).startsWith("HTTP/1.1 200");
    web.host("branch2.dyn.example.org");
    assertAnswer(
        client.get("/u/" + all + "/?ip=198.51.100.10"),
        400,
        "ERROR: This update URL has no host\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.9");
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

  /** Whatever the parameter is called: a token's own host must not change in place of another. */
  @ParameterizedTest
  @ValueSource(strings = {"hostname", "host_id", "domain", "host", "group"})
  void withAHostNameTheShortUrlIsDyndns2(String parameter) throws Exception {
    web.hostOf(HOST, "cam.dyn.example.org");
    assertAnswer(
        client.get("/u/" + token + "?" + parameter + "=cam.dyn.example.org&myip=198.51.100.7"),
        200,
        "good 198.51.100.7\n");
    assertThat(web.addresses("cam.dyn.example.org")).containsExactly("198.51.100.7");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  private static String sha1(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private String list(String login) throws Exception {
    return client.get("/api/?action=getdyndns&v=2&sha=" + login);
  }

  /** inadyn and ddclient: the hosts of a login, and what changes each. */
  @Test
  void aLoginListsItsHostsEachWithItsUrl() throws Exception {
    web.hostOf(HOST, "cam.dyn.example.org");
    web.host("other.dyn.example.org");
    String login = sha1(HOST + "|" + web.sign(HOST));
    String url = "http://ddns.example.org/dynamic/update.php?" + login + ".";
    assertAnswer(
        list(login),
        200,
        """
        branch1.dyn.example.org|0.0.0.0|URLbranch1.dyn.example.org
        branch1.dyn.example.org|::|URLbranch1.dyn.example.org
        cam.dyn.example.org|0.0.0.0|URLcam.dyn.example.org
        cam.dyn.example.org|::|URLcam.dyn.example.org
        """
            .replace("URL", url));
    String update = "/dynamic/update.php?" + login + "." + HOST + "&address=";
    assertAnswer(
        client.get(update + "198.51.100.7"), 200, "Updated " + HOST + " to 198.51.100.7\n");
    assertThat(client.get(update + "198.51.100.7")).contains("has not changed");
    assertAnswer(client.get(update + "2001:db8::7"), 200, "Updated " + HOST + " to 2001:db8::7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(list(login)).contains(HOST + "|198.51.100.7|" + url, HOST + "|2001:db8::7|" + url);
    assertThat(client.get("/dynamic/update.php?" + login + ".other.dyn.example.org"))
        .as("another's host")
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void whatIsNoLoginListsNothing() throws Exception {
    String secret = web.sign(HOST);
    String none = "ERROR: Could not authenticate.\n";
    assertAnswer(list(sha1(HOST + "|" + token)), 401, none);
    assertAnswer(list(sha1(secret)), 401, none);
    assertAnswer(list("guess"), 401, none);
    assertAnswer(client.get("/api/?action=getdyndns"), 401, none);
    assertAnswer(client.get("/api/?action=delete"), 400, "ERROR: Unknown action.\n");
    assertThat(client.get("/dynamic/update.php?" + sha1(HOST + "|" + token) + "." + HOST))
        .startsWith("HTTP/1.1 401 ");
    String login = sha1(HOST + "|" + secret);
    assertAnswer(client.get("/u/" + login + "." + HOST), 401, "ERROR: Invalid update URL\n");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  /** Behind a proxy that ends TLS, the URLs are those by which the client came. */
  @Test
  void theUrlsAreThoseOfTheProxy() throws Exception {
    String login = sha1(HOST + "|" + web.sign(HOST));
    assertThat(client.get("/api/?action=getdyndns&sha=" + login, "X-Forwarded-Proto: https\r\n"))
        .contains("|https://ddns.example.org/dynamic/update.php?");
  }
}
