package net.homeport.web.exchange;

import static net.homeport.web.DoorClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the device sent, what we answered, what it will understand; never its secret. */
final class ExchangesTest {
  private static final String HOST = "branch1.dyn.example.org";

  private WebFixture web;
  private DoorClient client;
  private String password;
  private String login;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    client = new DoorClient(web);
    password = web.host(HOST);
    login = basic(HOST + ":" + password);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String exchanges() throws Exception {
    return client.get(
        "/api/v1/hosts/" + HOST + "/exchanges",
        "Authorization: Bearer " + WebFixture.TOKEN + "\r\n");
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @Test
  void aRequestWithItsAnswerAndWhatTheClientMakesOfIt() throws Exception {
    client.get(
        "/nic/update?hostname=" + HOST + "&myip=198.51.100.7",
        login,
        "User-Agent: inadyn/2.10.0 https://github.com/troglobit/inadyn\r\n");
    assertThat(exchanges())
        .contains(" 200 OK")
        .contains("\"host\":\"branch1.dyn.example.org\"")
        .contains("\"from\":\"127.0.0.1\"")
        .contains("\"frontDoor\":\"dyndns2\"")
        .contains("\"proven\":true")
        .contains(
            "\"request\":\"GET /nic/update?hostname=" + HOST + "&myip=198.51.100.7 HTTP/1.1\"")
        .contains("\"client\":\"inadyn\"")
        .contains("\"status\":200")
        .contains("\"answer\":\"good 198.51.100.7\"")
        .contains("\"understood\":\"success\"");
  }

  @Test
  void aWrongPasswordAndWhatItDoesToInadyn() throws Exception {
    client.get(
        "/nic/update?hostname=" + HOST, basic(HOST + ":wrong"), "User-Agent: inadyn/2.10.0\r\n");
    assertThat(exchanges())
        .contains("\"proven\":false")
        .contains("\"answer\":\"badauth\"")
        .contains("its process ends");
  }

  @Test
  void aPlaceholderThatWasLeftInIsNoted() throws Exception {
    client.get("/nic/update?hostname=" + HOST + "&myip=198.51.100.7&myipv6=%3Cip6addr%3E", login);
    assertThat(exchanges()).contains("did not replace the placeholder <ip6addr>");
  }

  /** Threat: credentials in URLs and logs. */
  @Test
  void noSecretIsEverShown() throws Exception {
    String form = "hostname=" + HOST + "&myip=198.51.100.7&password=";
    for (String path :
        List.of(
            "/nic/update?hostname=" + HOST + "&username=" + HOST + "&password=SECRET",
            "/nic/update?hostname=" + HOST + "&token=SECRET",
            "/nic/update?hostname=" + HOST + "&pass=SECRET&user=" + HOST,
            "/nic/update?hostname=" + HOST + "&token=SECRET&misspelt=SECRET&SECRET",
            "/nic/update?hostname=" + HOST + "&token=SECRET&SECRET=x&x=%20SECRET",
            "/update?domains=branch1&token=SECRET",
            "/update/branch1/SECRET/198.51.100.7",
            "/update/branch1/SECRET",
            "/%75pdate/branch1/SECRET/",
            "/api/update?zone=branch1&token=SECRET",
            "/u/SECRET/?ip=198.51.100.7",
            "/./u/SECRET",
            "/dynamic/update.php?SECRET&address=198.51.100.7",
            "/desec/?password=SECRET&username=" + HOST)) {
      assertThat(client.get(path.replace("SECRET", password))).as(path).contains(" 200 OK");
      assertThat(exchanges()).as(path).contains("***").doesNotContain(password);
    }
    client.post("/nic/update", form + password);
    assertThat(exchanges()).contains("password=***").doesNotContain(password);
    client.get("/nic/update?hostname=" + HOST, login);
    assertThat(exchanges()).doesNotContain(password).doesNotContain(login.strip());
  }

  @Test
  void lineBreaksAndEscapesStayInside() throws Exception {
    client.get(
        "/nic/update?hostname=" + HOST + "&myip=198.51.100.7%0d%0aX-Evil:yes%1b[2J",
        login,
        "User-Agent: evil\tagent \u001b[2J\r\n");
    assertThat(exchanges()).doesNotContain("\nX-Evil").doesNotContain("\u001b");
  }

  @Test
  void onlyTheLastAreKeptAndGuessesPushNothingOut() throws Exception {
    client.get("/nic/update?hostname=" + HOST + "&myip=198.51.100.7", login);
    for (int i = 0; i < 10; i++) {
      client.get("/nic/update?hostname=" + HOST + "&myip=203.0.113.1", basic(HOST + ":guess"));
    }
    String kept = exchanges();
    assertThat(count(kept, "\"proven\":false")).isEqualTo(ExchangeLog.UNPROVEN_MAX);
    assertThat(count(kept, "\"proven\":true")).isEqualTo(1);
    for (int i = 0; i < 10; i++) {
      client.get("/nic/update?hostname=" + HOST + "&myip=198.51.100." + i, login);
    }
    assertThat(count(exchanges(), "\"proven\":true")).isEqualTo(ExchangeLog.PROVEN_MAX);
    assertThat(exchanges()).contains("198.51.100.9").doesNotContain("198.51.100.5");
  }

  @Test
  void aHostThatIsRemovedIsForgotten() throws Exception {
    client.get("/nic/update?hostname=" + HOST + "&myip=198.51.100.7", login);
    String token = "Authorization: Bearer " + WebFixture.TOKEN + "\r\n";
    web.raw(DoorClient.request("DELETE", "/api/v1/hosts/" + HOST, token));
    assertThat(exchanges()).contains(" 404 ");
    web.host(HOST);
    assertThat(exchanges()).contains("\"exchanges\":[]");
  }

  /** Wherever a device puts its secret: the path, a value, what it calls itself. */
  @Test
  void aSecretInTheWrongPlaceIsMaskedToo() throws Exception {
    for (String target :
        List.of(
            "/nic/update?hostname=" + HOST + "&myip=" + password,
            "/nic/update?hostname=" + HOST + "&username=" + password + "&myip=192.0.2.1",
            "/desec/" + password + "?hostname=" + HOST,
            "/nic/update?hostname=" + HOST)) {
      client.get(target, login, "User-Agent: inadyn " + password + "\r\n");
    }
    assertThat(exchanges()).contains("myip=***", "inadyn ***").doesNotContain(password);
  }

  private static String field(String json, String name) {
    return json.replaceFirst("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  /** Whoever looks why a certificate is not renewed sees what its client was told, but no key. */
  @Test
  void whatAcmeDnsClientsSayIsKept() throws Exception {
    String guess = client.post("/acme-dns/register", "", basic(HOST + ":wrong"));
    assertThat(guess).contains(" 401 ");
    assertThat(exchanges())
        .contains("\"frontDoor\":\"acme-dns\"", "\"proven\":false", "\"status\":401");
    for (String octets : List.of("%zz", "%ff", "%")) {
      assertThat(client.post("/acme-dns/register?host=" + octets, "", basic(HOST + ":wrong")))
          .as(octets)
          .contains(" 401 ");
    }
    String made = client.post("/acme-dns/register", "", login);
    String key = field(made, "password");
    String user = field(made, "username");
    assertThat(key).matches("[a-z0-9]{40}");
    assertThat(exchanges())
        .contains("POST /acme-dns/register HTTP/1.1", "\"status\":201", "***")
        .doesNotContain(key)
        .doesNotContain(password);
    String headers = "X-Api-User: " + user + "\r\nX-Api-Key: " + key + "\r\n";
    String answer = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    String body = "{\"subdomain\":\"%s\",\"txt\":\"%s\"}".formatted(user, answer);
    assertThat(client.post("/acme-dns/update", body, headers, "User-Agent: lego " + key + "\r\n"))
        .contains(" 200 ");
    assertThat(exchanges())
        .contains("POST /acme-dns/update HTTP/1.1", answer, "lego ***")
        .doesNotContain(key);
    String wrong = "X-Api-User: " + user + "\r\nX-Api-Key: " + "x".repeat(40) + "\r\n";
    assertThat(client.post("/acme-dns/update", body, wrong)).contains(" 401 ");
    assertThat(exchanges()).containsSubsequence("\"proven\":false", "POST /acme-dns/update");
  }

  private String gnuDip(String secret, String what) throws Exception {
    try (var socket = new Socket(web.gnuDip().getAddress(), web.gnuDip().getPort())) {
      socket.setSoTimeout(30_000);
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String digest = md5(md5(secret) + "." + in.readLine());
      String line = "branch1:%s:dyn.example.org:%s\n".formatted(digest, what);
      socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      assertThat(in.readLine()).isNotNull();
      return digest;
    }
  }

  private static String md5(String text) throws Exception {
    byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void whatGnuDipDevicesSayOverTcpIsKept() throws Exception {
    String secret = web.sign(HOST);
    String digest = gnuDip(secret, "0:198.51.100.7");
    assertThat(exchanges())
        .contains("\"frontDoor\":\"gnudip\"", "\"proven\":true", "\"status\":200")
        .contains("\"request\":\"branch1:***:dyn.example.org:0:198.51.100.7\"")
        .contains("\"answer\":\"0\"")
        .doesNotContain(digest);
    gnuDip(secret, "0:999.1.1.1");
    assertThat(exchanges())
        .contains("'999.1.1.1' cannot be used as an address here", "\"status\":400");
    gnuDip("wrong", "2");
    assertThat(exchanges())
        .contains("\"proven\":false", "\"request\":\"branch1:***:dyn.example.org:2\"");
  }

  @Test
  void networksOfTheSiteAreShownAndNoSecretInTheirPlace() throws Exception {
    client.get(
        "/nic/update?hostname=" + HOST + "&myip=192.0.2.1&prefix-guest=2001:db8:1:3::/64", login);
    assertThat(exchanges()).contains("prefix-guest=2001:db8:1:3::/64");
    client.get("/nic/update?hostname=" + HOST + "&prefix-guest=" + password, login);
    client.get("/nic/update?hostname=" + HOST + "&prefix-" + password + "=x", login);
    assertThat(exchanges()).contains("prefix-guest=***").doesNotContain(password);
  }

  @Test
  void aSecretAsUserNameIsNotKeptWithRejectedAttempts() throws Exception {
    client.get(
        "/nic/update?hostname=" + HOST + "&myip=192.0.2.1", basic(password + ":" + password));
    client.get("/nic/update?hostname=" + password, basic(HOST + ":" + password));
    client.get("/nic/update?hostname=" + HOST + "&myip=192.0.2.1", basic(HOST + ":wrong"));
    assertThat(
            client.get(
                "/api/v1/history?rejected=true",
                "Authorization: Bearer " + WebFixture.TOKEN + "\r\n"))
        .contains("\"who\":\"\"", "\"who\":\"" + HOST + "\"")
        .doesNotContain(password);
  }
}
