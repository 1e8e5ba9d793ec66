package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.homeport.web.WebAddressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ConsoleAccessTest {
  private static final String CLIENT = "192.0.2.1";

  private ConsoleFixture console;

  @BeforeEach
  void open() throws WebAddressException {
    console = new ConsoleFixture();
  }

  @AfterEach
  void close() {
    console.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "localhost:8053", "127.0.0.1:80", "[::1]:8053"})
  void thisMachineNeedsNoLogin(String host) throws Exception {
    assertThat(raw("GET / HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rebound.example", "localhost.evil.example", "127.0.0.1.nip.example", "127.1", ""})
  void aPageOfAnotherNameDoes(String host) throws Exception {
    assertThat(raw("GET / HTTP/1.1", "Host: " + host)).doesNotContain(" 200 ");
    assertThat(raw("GET /events HTTP/1.1", "Host: " + host)).doesNotContain(" 200 ");
  }

  @Test
  void whoeverDoesNotComeFromTheLoopbackDoes() throws Exception {
    Optional<InetAddress> outer =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .findFirst();
    assumeTrue(outer.isPresent(), "this machine has a loopback only");
    assertThat(raw(outer.orElseThrow(), "GET / HTTP/1.1", "Host: localhost"))
        .startsWith("HTTP/1.1 303 ");
  }

  @Test
  void aNameInTheRequestLineCountsToo() throws Exception {
    assertThat(raw("GET http://rebound.example/ HTTP/1.1", "Host: localhost"))
        .doesNotContain(" 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 192.0.2.1",
        "x-forwarded-for: 127.0.0.1",
        "Forwarded: for=192.0.2.1",
        "Via: 1.1 proxy",
        "X-Real-IP: 192.0.2.1"
      })
  void whoeverComesThroughAProxyDoes(String header) throws Exception {
    assertThat(raw("GET / HTTP/1.1", "Host: localhost", header))
        .startsWith("HTTP/1.1 303 ")
        .contains("Location: /login\r\n");
    assertThat(raw("GET /events HTTP/1.1", "Host: localhost", header)).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void aProxyWithItsDefaultSettingsDoes() throws Exception {
    assertThat(raw("GET / HTTP/1.0", "Host: 127.0.0.1:8053")).contains(" 303 ");
    assertThat(raw("GET / HTTP/1.0")).contains(" 303 ");
  }

  @Test
  void aPageOfAnotherSiteMayLinkHereButNotFetch() throws Exception {
    String cross = "Sec-Fetch-Site: cross-site";
    assertThat(raw("GET /events HTTP/1.1", "Host: localhost", cross, "Sec-Fetch-Mode: no-cors"))
        .startsWith("HTTP/1.1 401 ");
    assertThat(raw("GET / HTTP/1.1", "Host: localhost", cross, "Sec-Fetch-Mode: navigate"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(raw("GET / HTTP/1.1", "Host: localhost", "Sec-Fetch-Site: same-origin"))
        .startsWith("HTTP/1.1 200 ");
  }

  /** Threat: a page in the browser of somebody who signed in sends requests to the doors. */
  @Test
  void aSessionOpensTheConsoleAndNoDoor() throws Exception {
    console.addZone("dyn.example.org.");
    console.addHost("cam.dyn.example.org");
    String cookie =
        console
            .signIn(CLIENT, ConsoleFixture.TOKEN)
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .replaceFirst(";.*", "");
    assertThat(cookie).startsWith("homeport-session=");
    String sent = "Cookie: " + cookie;
    String proxied = "X-Forwarded-For: " + CLIENT;
    assertThat(raw("GET / HTTP/1.1", "Host: x", sent, proxied)).startsWith("HTTP/1.1 200 ");
    for (String path :
        List.of(
            "/nic/update?hostname=cam.dyn.example.org",
            "/nic/delete?hostname=cam.dyn.example.org",
            "/update?domains=cam",
            "/api/update?zone=cam.dyn.example.org&ipv4=auto",
            "/desec/?hostname=cam.dyn.example.org",
            "/dynamic/update.php",
            "/u/")) {
      assertThat(
              raw(
                  "GET " + path + " HTTP/1.1",
                  "Host: x",
                  sent,
                  proxied,
                  "Origin: https://evil.example"))
          .as(path)
          .startsWith("HTTP/1.1 401 ")
          .doesNotContain("Access-Control");
    }
  }

  /** The whole answer; HttpClient would not send another Host than that of the URL. */
  private String raw(String requestLine, String... headers) throws IOException {
    return raw(InetAddress.getLoopbackAddress(), requestLine, headers);
  }

  private String raw(InetAddress address, String requestLine, String... headers)
      throws IOException {
    try (var socket = new Socket(address, console.port())) {
      socket.setSoTimeout(20_000);
      String request =
          requestLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theTokenOpensASession() throws Exception {
    HttpResponse<String> form =
        console.send(console.request("/login").header(ConsoleFixture.FORWARDED_FOR, CLIENT));
    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(form.body()).contains("name=\"token\"", "administrator.token");

    HttpResponse<String> welcome = console.signIn(CLIENT, ConsoleFixture.TOKEN);
    assertThat(welcome.statusCode()).isEqualTo(303);
    assertThat(welcome.headers().firstValue("Location")).hasValue("/");
    assertThat(welcome.headers().firstValue("Set-Cookie").orElse(""))
        .matches("homeport-session=[A-Za-z0-9_-]{43};.*")
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain("Secure");

    HttpResponse<String> page = console.send(asClient("/", cookie(welcome)));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Sign out");
    assertThat(console.send(asClient("/login", cookie(welcome))).statusCode()).isEqualTo(303);
    assertThat(console.send(asClient("/", cookie(welcome) + "x")).statusCode()).isEqualTo(303);
  }

  private HttpRequest.Builder asClient(String path, String cookie) {
    return console
        .request(path)
        .header(ConsoleFixture.FORWARDED_FOR, CLIENT)
        .header("Cookie", "theme=dark; " + cookie);
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
  }

  @Test
  void theCookieOfAnHttpsPageIsSecure() throws Exception {
    HttpResponse<String> welcome =
        console.send(
            console
                .request("/login")
                .header("X-Forwarded-Proto", "https")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + ConsoleFixture.TOKEN)));
    assertThat(welcome.headers().firstValue("Set-Cookie").orElse("")).contains("Secure");
  }

  @Test
  void aSessionEndsAfterTwelveHours() throws Exception {
    String cookie = cookie(console.signIn(CLIENT, ConsoleFixture.TOKEN));
    console.clock.advance(Duration.ofHours(12).minusSeconds(1));
    assertThat(console.send(asClient("/", cookie)).statusCode()).isEqualTo(200);
    console.clock.advance(Duration.ofSeconds(1));
    assertThat(console.send(asClient("/", cookie)).statusCode()).isEqualTo(303);
    assertThat(console.send(asClient("/events", cookie)).statusCode()).isEqualTo(401);
  }

  @Test
  void signingOutEndsIt() throws Exception {
    String cookie = cookie(console.signIn(CLIENT, ConsoleFixture.TOKEN));
    HttpResponse<String> bye =
        console.send(asClient("/logout", cookie).POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(bye.statusCode()).isEqualTo(303);
    assertThat(bye.headers().firstValue("Location")).hasValue("/login");
    assertThat(bye.headers().firstValue("Set-Cookie").orElse(""))
        .startsWith("homeport-session=;")
        .contains("Expires=Thu, 01 Jan 1970");
    assertThat(console.send(asClient("/", cookie)).statusCode()).isEqualTo(303);
  }

  @Test
  void aWrongTokenIsToldSo() throws Exception {
    HttpResponse<String> answer = console.signIn(CLIENT, "wrong-token");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .contains("That is not the administrator’s token", "name=\"token\"", "role=\"alert\"")
        .doesNotContain("wrong-token");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void manyWrongTokensHaveToWait() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(console.signIn(CLIENT, "wrong" + i).statusCode()).isEqualTo(401);
      console.clock.advance(Duration.ofSeconds(2));
    }
    HttpResponse<String> slowed = console.signIn(CLIENT, ConsoleFixture.TOKEN);
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(slowed.headers().firstValue("Retry-After")).hasValue("40");
    assertThat(slowed.body()).contains("Try again in 40 seconds.", "name=\"token\"");

    assertThat(console.signIn("198.51.100.9", ConsoleFixture.TOKEN).statusCode()).isEqualTo(303);
    console.clock.advance(Duration.ofSeconds(40));
    assertThat(console.signIn(CLIENT, ConsoleFixture.TOKEN).statusCode()).isEqualTo(303);
  }

  @Test
  void aFormThatIsTooLongIsRefused() throws Exception {
    assertThat(console.signIn(CLIENT, "x".repeat(10_000)).statusCode()).isEqualTo(400);
  }
}
