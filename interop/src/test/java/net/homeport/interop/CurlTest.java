package net.homeport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The dyndns2 protocol, word for word, and the address echo, with curl. */
@TestInstance(Lifecycle.PER_CLASS)
final class CurlTest {
  private static final String HOST = "home.dyn.example.org";
  private static final String SECOND = "cam.dyn.example.org";
  private static final String FOREIGN = "other.dyn.example.org";

  @TempDir static Path folder;
  private HomeportProcess server;
  private Recipe recipe;

  /** Status, the header lines, and the body of an answer. */
  private record Answer(int status, String headers, String body) {
    static Answer of(String text) {
      int end = text.indexOf("\r\n\r\n");
      assertThat(end).as(text).isPositive();
      return new Answer(
          Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
    }
  }

  @BeforeAll
  void start() {
    server = HomeportProcess.start(folder.resolve("data"));
    server.addZone("dyn.example.org");
    recipe = server.addHost(HOST);
    server.command("host", "add", SECOND, "--username", HOST).succeeded();
    server.addHost(FOREIGN);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void atHome() {
    update("hostname=" + HOST + "&myip=192.0.2.1");
    assertThat(server.dns().a(HOST)).containsExactly("192.0.2.1");
  }

  private Answer curl(String... arguments) {
    var command = new ArrayList<>(List.of("curl", "-s", "-i", "--max-time", "20"));
    command.addAll(List.of(arguments));
    return Answer.of(Commands.run(command).succeeded().out());
  }

  private Answer update(String query, String... flags) {
    var arguments = new ArrayList<>(List.of("-u", recipe.login()));
    arguments.addAll(List.of(flags));
    arguments.add(server.web() + "/nic/update?" + query);
    return curl(arguments.toArray(String[]::new));
  }

  private void refused(Answer answer, int status, String word) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(word + "\n");
    assertThat(server.dns().a(HOST)).as("nothing changed").containsExactly("192.0.2.1");
  }

  @Test
  void goodThenNochg() {
    Answer good = update("hostname=" + HOST + "&myip=198.51.100.7");
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.body()).isEqualTo("good 198.51.100.7\n");
    assertThat(good.headers())
        .contains("Content-Type: text/plain", "Content-Length: 18")
        .doesNotContain("Transfer-Encoding");
    assertThat(server.dns().a(HOST)).containsExactly("198.51.100.7");

    Answer again = update("hostname=" + HOST + "&myip=198.51.100.7");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo("nochg 198.51.100.7\n");
  }

  @Test
  void everyPathOfTheProtocol() {
    for (String path : List.of("/nic/update", "/v2/update", "/v3/update")) {
      String address = "198.51.100." + (10 + path.length());
      Answer answer =
          curl(
              "-u", recipe.login(), server.web() + path + "?hostname=" + HOST + "&myip=" + address);
      assertThat(answer.body()).isIn("good " + address + "\n", "nochg " + address + "\n");
      assertThat(server.dns().a(HOST)).containsExactly(address);
    }
  }

  @Test
  void severalHostsAndBothFamiliesInOneRequest() {
    Answer answer = update("hostname=" + HOST + "," + SECOND + "&myip=198.51.100.9,2001:db8::9");
    assertThat(answer.body())
        .isEqualTo("good 198.51.100.9,2001:db8::9\ngood 198.51.100.9,2001:db8::9\n");
    for (String host : List.of(HOST, SECOND)) {
      assertThat(server.dns().a(host)).containsExactly("198.51.100.9");
      assertThat(server.dns().aaaa(host)).containsExactly("2001:db8:0:0:0:0:0:9");
    }
  }

  @Test
  void aHostOfNobodyAndOneOfAnotherAreTheSameNohost() {
    Answer nobodys = update("hostname=nobody.dyn.example.org&myip=203.0.113.1");
    Answer anothers = update("hostname=" + FOREIGN + "&myip=203.0.113.1");
    refused(nobodys, 404, "nohost");
    assertThat(anothers).isEqualTo(nobodys);
    assertThat(server.dns().a(FOREIGN)).isEmpty();
  }

  @Test
  void wrongPasswordUnknownUserAndNoneAreTheSameBadauth() {
    String url = server.web() + "/nic/update?hostname=" + HOST + "&myip=203.0.113.1";
    Answer wrong = curl("-u", recipe.username() + ":wrong", url);
    refused(wrong, 401, "badauth");
    assertThat(wrong.headers()).contains("WWW-Authenticate: Basic realm=");
    assertThat(curl("-u", "nobody:wrong", url)).isEqualTo(wrong);
    assertThat(curl(url)).isEqualTo(wrong);
    assertThat(curl("-H", "Authorization: Basic %%%", url)).isEqualTo(wrong);
  }

  @Test
  void whatIsNoHostName() {
    refused(update("hostname=home&myip=203.0.113.1"), 400, "notfqdn");
    String tooLong = "a.".repeat(130) + "dyn.example.org";
    refused(update("hostname=" + tooLong + "&myip=203.0.113.1"), 400, "notfqdn");
    String label = "a".repeat(64);
    refused(update("hostname=" + label + ".dyn.example.org&myip=203.0.113.1"), 400, "notfqdn");
  }

  /** As with nsupdate.info and deSEC: who signs in as a host means that host. */
  @Test
  void withoutAHostNameTheUserNameIsMeant() {
    Answer answer = update("myip=203.0.113.1");
    assertThat(answer.body()).isEqualTo("good 203.0.113.1\n");
    assertThat(server.dns().a(HOST)).containsExactly("203.0.113.1");
  }

  @Test
  void twentyOneHostsAreTooMany() {
    String hosts = IntStream.range(0, 21).mapToObj(_ -> HOST).collect(Collectors.joining(","));
    refused(update("hostname=" + hosts + "&myip=203.0.113.1"), 400, "numhost");
  }

  @Test
  void whatIsNoAddress() {
    for (String address :
        List.of(
            "999.1.1.1",
            "1.2.3",
            "home",
            "1.2.3.4.5",
            "0.0.0.0",
            "::",
            "224.0.0.1",
            "ff02::1",
            "255.255.255.255",
            "fe80::1",
            "1.2.3.4,5.6.7.8",
            "%31%00")) {
      refused(update("hostname=" + HOST + "&myip=" + address), 400, "badip");
    }
  }

  @Test
  void withoutAnAddressTheCallersCounts() {
    assertThat(update("hostname=" + HOST).body()).isEqualTo("good 127.0.0.1\n");
    assertThat(server.dns().a(HOST)).containsExactly("127.0.0.1");
    assertThat(update("hostname=" + HOST + "&myip=").body()).isEqualTo("nochg 127.0.0.1\n");
  }

  @Test
  void postedForm() {
    Answer answer =
        curl(
            "-u",
            recipe.login(),
            "-d",
            "hostname=" + HOST,
            "-d",
            "myip=198.51.100.20",
            server.web() + "/nic/update");
    assertThat(answer.body()).isEqualTo("good 198.51.100.20\n");
    assertThat(server.dns().a(HOST)).containsExactly("198.51.100.20");
  }

  @Test
  void http10() {
    Answer answer = update("hostname=" + HOST + "&myip=198.51.100.21", "--http1.0");
    assertThat(answer.body()).isEqualTo("good 198.51.100.21\n");
    assertThat(answer.headers()).doesNotContain("chunked");
  }

  @Test
  void historicParametersAreIgnored() {
    Answer answer =
        update(
            "system=dyndns&hostname="
                + HOST
                + "&myip=198.51.100.22&wildcard=ON&mx=mail.example.org&backmx=NO&offline=NO");
    assertThat(answer.body()).isEqualTo("good 198.51.100.22\n");
  }

  @Test
  void namesInAnyCaseAndWithADotAtTheEnd() {
    Answer answer = update("hostname=HOME.Dyn.Example.ORG.&myip=198.51.100.23");
    assertThat(answer.body()).isEqualTo("good 198.51.100.23\n");
    assertThat(server.dns().a(HOST)).containsExactly("198.51.100.23");
  }

  @Test
  void otherMethodsChangeNothing() {
    String url = server.web() + "/nic/update?hostname=" + HOST + "&myip=203.0.113.1";
    for (String method : List.of("PUT", "DELETE", "PATCH")) {
      Answer answer = curl("-X", method, "-u", recipe.login(), url);
      refused(answer, 405, "badagent");
      assertThat(answer.headers()).contains("Allow: GET, POST");
    }
    assertThat(curl("--head", "-u", recipe.login(), url).status()).isEqualTo(405);
    assertThat(server.dns().a(HOST)).containsExactly("192.0.2.1");
  }

  @Test
  void aQueryOfFiftyKilobytes() throws IOException {
    Path config = folder.resolve("curl.config");
    Files.writeString(
        config,
        "url = \"%s/nic/update?hostname=%s&myip=203.0.113.1&x=%s\"%n"
            .formatted(server.web(), HOST, "a".repeat(50_000)));
    Answer answer = curl("-u", recipe.login(), "-K", config.toString());
    assertThat(answer.status()).isIn(414, 431);
    assertThat(server.dns().a(HOST)).containsExactly("192.0.2.1");
  }

  @Test
  void lineBreaksInAQueryMakeNoHeaderAndNoLogLine() {
    Answer answer =
        update("hostname=" + HOST + "%0d%0aX-Evil:%20yes&myip=203.0.113.1%0d%0aX-Evil:%20yes");
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.headers()).doesNotContain("X-Evil");
    assertThat(answer.body()).doesNotContain("X-Evil");
    assertThat(server.output().lines()).noneMatch(line -> line.startsWith("X-Evil"));
    assertThat(server.dns().a(HOST)).containsExactly("192.0.2.1");
  }

  @Test
  void theAddressEcho() {
    for (String path : List.of("/checkip", "/nic/checkip")) {
      Answer plain = curl(server.web() + path);
      assertThat(plain.body()).isEqualTo("127.0.0.1\n");
      Answer page = curl("-H", "Accept: text/html", server.web() + path);
      assertThat(page.headers()).contains("text/html");
      assertThat(page.body()).contains("Current IP Address: 127.0.0.1<");
    }
  }

  @Test
  void secretsStayOutOfTheLog() {
    update("hostname=" + HOST + "&myip=999.9.9.9&password=" + recipe.password());
    curl("-u", recipe.username() + ":" + recipe.password() + "x", server.web() + "/nic/update");
    assertThat(server.output()).doesNotContain(recipe.password());
  }

  @Test
  void anybodysForwardedForIsIgnored() {
    Answer answer = update("hostname=" + HOST, "-H", "X-Forwarded-For: 203.0.113.9");
    assertThat(answer.body()).isEqualTo("good 127.0.0.1\n");
  }

  @Test
  void aTrustedProxysForwardedForCounts() {
    Path data = folder.resolve("behind-proxy");
    try (var behindProxy = HomeportProcess.on(data).with("--trusted-proxy", "127.0.0.1").start()) {
      behindProxy.addZone("dyn.example.org");
      Recipe other = behindProxy.addHost(HOST);
      String url = behindProxy.web() + "/nic/update?hostname=" + HOST;
      String forwarded = "X-Forwarded-For: 192.0.2.66, 203.0.113.9";
      assertThat(curl("-u", other.login(), "-H", forwarded, url).body())
          .as("the right-most hop; the rest is the client's own claim")
          .isEqualTo("good 203.0.113.9\n");
      assertThat(curl("-H", forwarded, behindProxy.web() + "/checkip").body())
          .isEqualTo("203.0.113.9\n");
      assertThat(curl("-H", "X-Forwarded-For: rubbish", behindProxy.web() + "/checkip").body())
          .isEqualTo("127.0.0.1\n");
    }
  }
}
