package net.homeport.web;

import static net.homeport.web.DoorClient.basic;
import static net.homeport.web.DoorClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Threats to updates over HTTP, each by its rank in docs/protocols/http-checklist.md. */
final class HttpThreatsTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String OTHER = "other.dyn.example.org";
  private static final String CHALLENGE = "_acme-challenge." + HOST;
  private static final String ANSWER = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
  private static final int CHAINS = 1_000;

  private WebFixture web;
  private DoorClient client;
  private String password;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    client = new DoorClient(web);
    password = web.host(HOST);
    web.host(OTHER);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String post(String path, String type, String body, String... headers) throws Exception {
    return web.raw(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: x\r\n"
            + String.join("", headers)
            + "Content-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length()
            + "\r\nConnection: close\r\n\r\n"
            + body);
  }

  private void assertRefused(String answer) {
    assertThat(answer).matches("(?s)HTTP/1\\.1 (4\\d\\d|200) .*");
    // GnuDIP's refusals are 200, and a list may be empty.
    if (answer.startsWith("HTTP/1.1 200")) {
      assertThat(answer).containsPattern("\"result\":\\[]|content=\"1\"");
    }
  }

  /** What each door makes of a right credential that is another host's. */
  @Test
  void threat1NoDoorChangesAnothersHost() throws Exception {
    String login = basic(HOST + ":" + password);
    for (String path :
        List.of(
            "/nic/update?hostname=" + OTHER + "&myip=192.0.2.66",
            "/nic/delete?hostname=" + OTHER + "&myip=0.0.0.0",
            "/update?domains=other&ip=192.0.2.66&token=" + password,
            "/update?domains=other&txt=" + ANSWER + "&token=" + password,
            "/update/other/" + password + "/192.0.2.66",
            "/api/update?zone=" + OTHER + "&ipv4=192.0.2.66&token=" + password,
            "/desec/?hostname=" + OTHER + "&myip=192.0.2.66",
            "/desec/?myipv4:" + OTHER + "=192.0.2.66&myipv4=preserve",
            "/u/" + password + "?hostname=" + OTHER + "&myip=192.0.2.66")) {
      assertRefused(client.get(path, login));
    }
    assertRefused(post("/acme-dns/register?host=" + OTHER, "application/json", "", login));
    assertThat(web.addresses(OTHER)).isEmpty();
    assertThat(web.records("_acme-challenge." + OTHER, Type.TXT)).isEmpty();
  }

  /** Chains of proxies and of lies: the right-most hop that is no proxy of ours counts. */
  @Test
  void threat6RandomForwardedChainsNeverMoveTheAddress() throws Exception {
    var random = new Random(28);
    try (var behind = WebFixture.start("", _ -> {}, "127.0.0.0/8", "10.0.0.0/8");
        var http = HttpClient.newHttpClient()) {
      for (int i = 0; i < CHAINS; i++) {
        var hops = new ArrayList<String>();
        for (int hop = random.nextInt(6); hop >= 0; hop--) {
          hops.add(
              switch (random.nextInt(5)) {
                case 0 -> "10.1.2." + random.nextInt(256);
                case 1 -> "127.0.0.1";
                case 2 -> "2001:db8::" + Integer.toHexString(1 + random.nextInt(0xFFF));
                case 3 -> random.nextBoolean() ? "rubbish" : "";
                default -> "203.0.113." + random.nextInt(256);
              });
        }
        var request = HttpRequest.newBuilder(URI.create(behind.url() + "myip"));
        // In one header, or in several, which mean the same.
        if (random.nextBoolean()) {
          request.header("X-Forwarded-For", String.join(", ", hops));
        } else {
          hops.forEach(hop -> request.header("X-Forwarded-For", hop));
        }
        String told = http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        assertThat(told.strip()).as(hops.toString()).isEqualTo(expected(hops));
      }
    }
  }

  private static String expected(List<String> hops) {
    String client = "127.0.0.1";
    for (String hop : hops.reversed()) {
      if (!client.startsWith("127.") && !client.startsWith("10.")) {
        return client;
      }
      if (hop.isEmpty() || hop.equals("rubbish")) {
        return client;
      }
      client = hop;
    }
    return client;
  }

  @Test
  void threat14TheEchoReflectsNothingButTheAddress() throws Exception {
    for (String path : List.of("/checkip", "/myip", "/nic/checkip")) {
      String answer =
          client.get(
              path + "?x=%3Cscript%3E&callback=alert",
              "User-Agent: <script>alert(1)</script>\r\n",
              "Referer: https://evil.example/\r\n",
              "Origin: https://evil.example\r\n",
              "Accept: text/html\r\n");
      assertThat(answer)
          .contains("Current IP Address: 127.0.0.1<")
          .doesNotContain("script", "alert", "evil", "Access-Control", "Set-Cookie", "Location:");
    }
  }

  /**
   * A page in somebody's browser can send requests, and cookies with them; doors know no cookies.
   * That of a session which is open: console {@code ConsoleAccessTest}.
   */
  @Test
  void threat15NoDoorTakesACookieOrAllowsAnotherOrigin() throws Exception {
    for (String path :
        List.of(
            "/nic/update?hostname=" + HOST,
            "/update?domains=branch1",
            "/desec/",
            "/client/v4/zones",
            "/api/v1/hosts")) {
      String answer =
          client.get(
              path,
              "Cookie: homeport-session=" + password + "\r\n",
              "Origin: https://evil.example\r\n");
      assertThat(answer).containsPattern("^HTTP/1\\.1 4\\d\\d ").doesNotContain("Access-Control");
    }
    assertThat(
            web.raw(
                request(
                    "OPTIONS",
                    "/nic/update?hostname=" + HOST,
                    "Origin: https://evil.example\r\n",
                    "Access-Control-Request-Method: GET\r\n")))
        .doesNotContain("Access-Control-Allow");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  /** Certificates hang on TXT records, so a credential for addresses must not reach them. */
  @Test
  void threat20ACredentialForAddressesAnswersNoChallenges() throws Exception {
    web.credentials()
        .scope(
            HOST,
            new CredentialScope(
                NameScope.OWN, Set.of(Type.A, Type.AAAA), Set.of(), List.of(), null, null, false));
    String login = basic(HOST + ":" + password);
    String bearer = "Authorization: Bearer " + password + "\r\n";
    assertRefused(post("/acme-dns/register", "application/json", "", login));
    assertRefused(client.get("/update?domains=branch1&token=" + password + "&txt=" + ANSWER));
    String zones = client.get("/client/v4/zones", bearer);
    String zoneId = zones.replaceFirst("(?s).*?\"id\":\"([0-9a-f]{32})\".*", "$1");
    assertRefused(
        post(
            "/client/v4/zones/" + zoneId + "/dns_records",
            "application/json",
            "{\"type\":\"TXT\",\"name\":\"%s\",\"content\":\"%s\"}".formatted(CHALLENGE, ANSWER),
            bearer));
    assertThat(web.records(CHALLENGE, Type.TXT)).isEmpty();
    // It is good for what it is for.
    assertThat(client.get("/nic/update?hostname=" + HOST + "&myip=198.51.100.7", login))
        .contains("good 198.51.100.7");
  }
}
