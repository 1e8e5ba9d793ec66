package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.config.ServeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials by the command line against a server, used at its front doors as devices do. */
final class CredentialCommandsTest {
  private static final String HOST = "cam.dyn.example.org";

  @TempDir private Path folder = Path.of("");
  private final HttpClient http = HttpClient.newHttpClient();

  private record Run(int exit, String out, String err) {}

  private Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = HomeportCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] words =
        Stream.concat(Arrays.stream(arguments), Stream.of("--data", data().toString()))
            .toArray(String[]::new);
    return new Run(line.execute(words), out.toString(), err.toString());
  }

  private Path data() {
    return folder.resolve("data");
  }

  private RunningServer server() throws Exception {
    return RunningServer.start(ServeSettings.onFreePorts(data()));
  }

  private static String shown(String what, String out) {
    return out.replaceAll("(?s).*\\n  " + what + " +(\\S+)   \\(shown this once\\).*", "$1");
  }

  private String update(RunningServer server, String username, String secret, String address)
      throws Exception {
    String basic =
        Base64.getEncoder()
            .encodeToString((username + ":" + secret).getBytes(StandardCharsets.UTF_8));
    return http.send(
            HttpRequest.newBuilder(
                    URI.create(server.webUrls().getFirst())
                        .resolve("/nic/update?hostname=" + HOST + "&myip=" + address))
                .header("Authorization", "Basic " + basic)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private HttpResponse<String> post(RunningServer server, String form, String accept)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.webUrls().getFirst()).resolve("/enrol"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aCredentialFromItsAdditionToItsRemoval() throws Exception {
    String router;
    String second;
    try (var server = server()) {
      assertThat(run("zone", "add", "dyn.example.org").exit).isZero();
      assertThat(run("host", "add", HOST).exit).isZero();
      Run added = run("credential", "add", "router@cam", "--host", HOST, "--comment", "hall");
      assertThat(added.err).isEmpty();
      router = shown("password", added.out);
      assertThat(router).matches("[a-z0-9]{26}");
      assertThat(update(server, HOST, router, "192.0.2.1")).isEqualTo("good 192.0.2.1\n");
      second = shown("password", run("credential", "rotate", "router@cam", "--overlap", "7d").out);
      assertThat(update(server, "router@cam", router, "192.0.2.2")).startsWith("good");
      assertThat(update(server, "router@cam", second, "192.0.2.3")).startsWith("good");
      assertThat(run("credential", "scope", "router@cam", "--from", "203.0.113.0/24").out)
          .contains("from       203.0.113.0/24", "may change " + HOST);
    }
    try (var server = server()) {
      assertThat(update(server, HOST, second, "192.0.2.4")).isEqualTo("badauth\n");
      rejectedBecause("the credential cannot be used from 127.0.0.1");
      Run shown = run("credential", "show", "router@cam");
      assertThat(shown.out)
          .contains("comment    hall", "last used  20", "ends 20")
          .doesNotContain(router, second);
      assertThat(run("credential", "scope", "router@cam", "--from", "any").exit).isZero();
      assertThat(update(server, HOST, second, "192.0.2.4")).startsWith("good");
      assertThat(run("credential", "disable", "router@cam").out).contains("it is not taken");
      assertThat(update(server, HOST, second, "192.0.2.5")).isEqualTo("badauth\n");
      assertThat(run("credential", "enable", "router@cam").exit).isZero();
      assertThat(run("credential", "list", HOST, "--json").out)
          .contains("\"username\":\"router@cam\"", "\"username\":\"" + HOST + "\"");
      assertThat(run("credential", "remove", "router@cam").out)
          .isEqualTo("Credential router@cam removed.\n");
      assertThat(update(server, HOST, second, "192.0.2.6")).isEqualTo("badauth\n");
      Run refused = run("credential", "remove", HOST);
      assertThat(refused.exit).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err).contains("it ends with the last of them");
    }
  }

  @Test
  void aDeviceIsEnrolledByItsCode() throws Exception {
    try (var server = server()) {
      run("zone", "add", "dyn.example.org");
      run("host", "add", HOST);
      Run offered = run("credential", "enrol", HOST, "--label", "router");
      assertThat(offered.err).isEmpty();
      String code = shown("code", offered.out);
      assertThat(code).matches("[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}");
      assertThat(offered.out).contains("curl -d code=" + code + " http://", "█", "clear");
      // Looking at the link uses nothing up.
      String page =
          http.send(
                  HttpRequest.newBuilder(
                          URI.create(server.webUrls().getFirst()).resolve("/enrol?code=" + code))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(page).contains("curl -d code=CODE http://").doesNotContain(code);
      String lines = post(server, "code=" + code, "text/plain").body();
      assertThat(lines).contains("host=" + HOST + "\n", "username=router@" + HOST + "\n");
      String secret = lines.replaceAll("(?s).*secret=(\\S+).*", "$1");
      assertThat(update(server, HOST, secret, "192.0.2.1")).startsWith("good");
      HttpResponse<String> again = post(server, "code=" + code, "*/*");
      assertThat(again.statusCode()).isEqualTo(403);
      assertThat(again.body()).contains("there is no such code");
      String tsig = shown("code", run("credential", "enrol", HOST, "--key", "tsig", "--no-qr").out);
      assertThat(post(server, "code=" + tsig, "*/*").body())
          .contains("\"kind\":\"tsig\"", "\"key\":\"device." + HOST + "\"", "hmac-sha256");
      assertThat(run("key", "show", "device." + HOST).out)
          .contains("owner " + HOST + " type A,AAAA operation add,delete");
    }
  }

  @Test
  void codesThatWaitAreListedAndRevoked() throws Exception {
    String code;
    try (var server = server()) {
      run("zone", "add", "dyn.example.org");
      run("host", "add", HOST);
      assertThat(run("credential", "codes").out).contains("No codes wait");
      Run offered = run("credential", "enrol", HOST, "--label", "router", "--no-qr");
      code = shown("code", offered.out);
      assertThat(server.webUrls()).isNotEmpty();
    }
    try (var server = server()) {
      Run listed = run("credential", "codes", HOST);
      assertThat(listed.err).isEmpty();
      assertThat(listed.out)
          .containsPattern("[0-9a-f]{8} +" + HOST + " +token +router +administrator +20")
          .doesNotContain(code);
      assertThat(run("credential", "codes", "tv.dyn.example.org").out).contains("No codes wait");
      String id = listed.out.lines().skip(1).findFirst().orElseThrow().substring(0, 8);
      assertThat(run("credential", "revoke-code", id).out)
          .isEqualTo("The code %s for %s is worth nothing any more.%n".formatted(id, HOST));
      assertThat(post(server, "code=" + code, "*/*").statusCode()).isEqualTo(403);
      Run again = run("credential", "revoke-code", id);
      assertThat(again.exit).isEqualTo(ExitCode.FAILED);
      assertThat(again.err).contains("no code is called '" + id + "'", "credential codes");
    }
  }

  /** The recipe of the guide, run by a shell as a device would. */
  @Test
  void theRecipeForSignedRequestsWorks() throws Exception {
    String guide = Files.readString(guide());
    String script = guide.replaceAll("(?s).*```sh\\n(ID=.*?)```.*", "$1");
    assertThat(script).startsWith("ID=");
    try (var server = server()) {
      run("zone", "add", "dyn.example.org");
      run("host", "add", HOST);
      String secret = shown("signs with", run("credential", "sign", HOST).out);
      assertThat(secret).matches("[a-z0-9]{26}");
      String filled =
          script
              .replaceFirst("ID=\\S+", "ID=" + HOST)
              .replaceFirst("SECRET=\\S+", "SECRET=" + secret)
              .replaceFirst(
                  "SERVER=\\S+", "SERVER=" + server.webUrls().getFirst().replaceFirst("/$", ""));
      assertThat(shell(filled)).isEqualTo("good 198.51.100.7\n");
      assertThat(shell(filled)).isEqualTo("nochg 198.51.100.7\n");
      assertThat(shell(filled.replaceFirst("SECRET=\\S+", "SECRET=another")))
          .isEqualTo("badauth\n");
    }
  }

  /** The history gets to know of it soon, not at once. */
  private void rejectedBecause(String why) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    String told = run("history", "--rejected").out;
    while (!told.contains(why) && System.nanoTime() < end) {
      Thread.sleep(50);
      told = run("history", "--rejected").out;
    }
    assertThat(told).contains(why);
  }

  private static String hmac(String secret, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String sha256(String body) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Without headers, all in the query; and by POST, where the body is signed as well. */
  @Test
  void signaturesInTheQueryCoverTheBody() throws Exception {
    try (var server = server()) {
      run("zone", "add", "dyn.example.org");
      run("host", "add", HOST);
      String secret = shown("signs with", run("credential", "sign", HOST).out);
      long time = Instant.now().getEpochSecond();
      String target = "/nic/update?hp-id=%s&hp-time=%d&hp-nonce=nonce-0001".formatted(HOST, time);
      String body = "hostname=" + HOST + "&myip=192.0.2.8";
      String text =
          String.join(
              "\n",
              "homeport-1",
              HOST,
              Long.toString(time),
              "nonce-0001",
              "POST",
              target,
              sha256(body));
      String url = target + "&hp-signature=" + hmac(secret, text);
      assertThat(signed(server, url, body.replace("192.0.2.8", "192.0.2.9")))
          .isEqualTo("badauth\n");
      assertThat(signed(server, url + "&hostname=other", body)).isEqualTo("badauth\n");
      assertThat(signed(server, url, body)).isEqualTo("good 192.0.2.8\n");
      assertThat(signed(server, url, body)).isEqualTo("badauth\n");
      rejectedBecause("heard and sent again");
    }
  }

  private String signed(RunningServer server, String url, String body) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(server.webUrls().getFirst()).resolve(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Path guide() {
    return Path.of("").toAbsolutePath().resolveSibling("docs/guides/credentials.md");
  }

  private static String shell(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return out;
  }

  /** What can never work is refused at once, with what there is and what to do. */
  @Test
  void aScopeThatCannotBeMeantIsRefused() throws Exception {
    try (var _ = server()) {
      run("zone", "add", "dyn.example.org");
      run("host", "add", HOST);
      for (String[] flags :
          new String[][] {
            {"--door", "nosuch", "there is no front door 'nosuch'; there are acme-dns, cloudflare"},
            {"--site", "nosite", "there is no site 'nosite'; 'homeport site list' shows"},
            {"--expires", "yesterday", "is over; give a time that is to come"},
            {"--expires", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z is over"},
          }) {
        String about = flags[0].equals("--site") ? "--comment" : "--host";
        Run added = run("credential", "add", "x@cam", about, HOST, flags[0], flags[1]);
        assertThat(added.exit).as(flags[1]).isEqualTo(ExitCode.FAILED);
        assertThat(added.err).contains(flags[2]);
        Run scoped = run("credential", "scope", HOST, flags[0], flags[1]);
        assertThat(scoped.err).contains(flags[2]);
      }
      assertThat(run("credential", "list").out).doesNotContain("x@cam");
      assertThat(run("credential", "scope", HOST, "--door", "acme-dns", "--expires", "1h").exit)
          .isZero();
    }
  }

  @Test
  void aHostThatCannotBeIsRefusedForWhatItIs() throws Exception {
    try (var _ = server()) {
      run("zone", "add", "dyn.example.org");
      assertThat(run("host", "add", "foo").err).contains("'foo' lies in no zone");
      assertThat(run("host", "add", "*.dyn.example.org").err)
          .contains("stands for many names, and a host is one");
    }
  }

  @Test
  void whoHasNoTerminalIsToldToUseAFile() throws Exception {
    try (var _ = server()) {
      Run added = run("person", "add", "ann");
      assertThat(added.exit).as(added.err).isZero();
      assertThat(added.out).contains("./homeport person password ann --password-file FILE");
      assertThat(run("person", "password", "ann").err).contains("--password-file");
    }
  }

  @Test
  void registrationsOfAcmeDnsAreListedAndEnded() throws Exception {
    try (var server = server()) {
      run("zone", "add", "dyn.example.org");
      String password = shown("password", run("host", "add", HOST).out);
      assertThat(run("acme-dns", "list").out).contains("No acme-dns client is registered");
      String basic =
          Base64.getEncoder()
              .encodeToString((HOST + ":" + password).getBytes(StandardCharsets.UTF_8));
      String client =
          http.send(
                  HttpRequest.newBuilder(
                          URI.create(server.webUrls().getFirst()).resolve("/acme-dns/register"))
                      .POST(HttpRequest.BodyPublishers.noBody())
                      .header("Authorization", "Basic " + basic)
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body()
              .replaceAll("(?s).*\"username\":\"([^\"]+)\".*", "$1");
      assertThat(run("acme-dns", "list", HOST).out)
          .containsPattern(client + " +cam.dyn.example.org +cam.dyn.example.org .* valid");
      run("credential", "disable", HOST);
      assertThat(run("acme-dns", "list").out).contains("the credential that made it is disabled");
      assertThat(run("acme-dns", "revoke", client).out).contains("ended");
      assertThat(run("acme-dns", "revoke", client).err).contains("homeport acme-dns list");
    }
  }
}
