package net.homeport.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import net.homeport.app.config.NameServerOptions;
import net.homeport.app.config.ServeSettings;
import net.homeport.app.config.TlsSettings;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.NewHost;
import net.homeport.web.api.ApiModel.NewZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The whole server in one process: what is acknowledged is answered, now and after a restart. */
final class RunningServerTest {
  private static final String HOST = "branch1.dyn.example.org";

  @TempDir private Path folder = Path.of("");

  private ServeSettings settings(int dnsPort, int webPort) {
    return settings(dnsPort, webPort, TlsSettings.NONE);
  }

  private ServeSettings settings(int dnsPort, int webPort, TlsSettings tls) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new ServeSettings(
        folder.resolve("data"),
        List.of(new InetSocketAddress(loopback, dnsPort)),
        List.of(new InetSocketAddress(loopback, webPort)),
        List.of(),
        tls,
        1,
        NameServerOptions.DEFAULTS,
        List.of(),
        false,
        ServeSettings.HISTORY_MEGABYTES_DEFAULT);
  }

  private static String query(RunningServer server, boolean tcp) throws Exception {
    String dns = server.dnsAddresses().getFirst();
    int colon = dns.lastIndexOf(':');
    var resolver = new SimpleResolver(dns.substring(0, colon));
    resolver.setPort(Integer.parseInt(dns.substring(colon + 1)));
    resolver.setTCP(tcp);
    Message answer =
        resolver.send(
            Message.newQuery(
                Record.newRecord(Name.fromString(HOST, Name.root), Type.A, DClass.IN)));
    return answer.getSection(Section.ANSWER).stream()
        .map(Record::rdataToString)
        .toList()
        .toString();
  }

  private static String update(RunningServer server, String credentials, String address)
      throws Exception {
    URI url =
        URI.create(server.webUrls().getFirst())
            .resolve("/nic/update?hostname=" + HOST + "&myip=" + address);
    byte[] octets = credentials.getBytes(StandardCharsets.UTF_8);
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(url)
              .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(octets))
              .build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  private String addHost(RunningServer server) throws RemoteException {
    try (var connection =
        ServerConnection.open(
            folder.resolve("data"), URI.create(server.webUrls().getFirst()), null)) {
      connection.post("zones", new NewZone("dyn.example.org", null));
      String added = connection.post("hosts", new NewHost(HOST, null, null, null));
      return HOST + ":" + added.replaceAll("(?s).*\"password\":\"([^\"]*)\".*", "$1");
    }
  }

  @Test
  void anUpdateIsAnsweredAtOnceAndAfterARestart() throws Exception {
    String credentials;
    try (var server = RunningServer.start(settings(0, 0))) {
      assertThat(server.newToken()).isPresent();
      credentials = addHost(server);
      for (int i = 1; i <= 20; i++) {
        assertThat(update(server, credentials, "198.51.100." + i))
            .isEqualTo("good 198.51.100." + i + "\n");
        assertThat(query(server, i % 2 == 0)).isEqualTo("[198.51.100." + i + "]");
      }
    }
    try (var server = RunningServer.start(settings(0, 0))) {
      assertThat(server.newToken()).isEmpty();
      assertThat(server.hostCount()).isEqualTo(1);
      assertThat(query(server, false)).isEqualTo("[198.51.100.20]");
      assertThat(update(server, credentials, "198.51.100.20")).isEqualTo("nochg 198.51.100.20\n");
      assertThat(update(server, credentials, "198.51.100.21")).isEqualTo("good 198.51.100.21\n");
    }
  }

  @Test
  void secretsAreKeptAsHashesAndFilesAreTheOwnersOnly() throws Exception {
    String credentials;
    String token;
    try (var server = RunningServer.start(settings(0, 0))) {
      credentials = addHost(server);
      token = server.newToken().orElseThrow();
    }
    String secret = credentials.substring(credentials.indexOf(':') + 1);
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      for (Path file : files.toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content.contains(secret)).as("the host's password in %s", file).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as("%s is for its owner only", file)
            .matches(file.endsWith("homeport.lock") ? ".*" : "rw-------");
        boolean tokenFile = file.endsWith("administrator.token");
        assertThat(content.contains(token)).as("the token in %s", file).isEqualTo(tokenFile);
      }
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("data"))).hasSize(3);
    assertThat(Files.getPosixFilePermissions(folder.resolve("data/server.key"))).hasSize(2);
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefusedAndToldWhoHasIt() throws Exception {
    try (var server = RunningServer.start(settings(0, 0))) {
      assertThat(server.zoneCount()).isZero();
      assertThatThrownBy(() -> RunningServer.start(settings(0, 0)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("another Homeport server")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
          .hasMessageContaining("--data");
    }
    RunningServer.start(settings(0, 0)).close();
  }

  @Test
  void aBusyPortNamesItsHolderAndTheFlag() throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> RunningServer.start(settings(busy.getLocalPort(), 0)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("TCP 127.0.0.1:" + busy.getLocalPort())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("--dns");
      assertThatThrownBy(() -> RunningServer.start(settings(0, busy.getLocalPort())))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("HTTP 127.0.0.1:" + busy.getLocalPort())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("--web");
    }
    // Nothing was left open or locked.
    RunningServer.start(settings(0, 0)).close();
  }

  @Test
  void aFileInPlaceOfTheFolderIsExplained() throws Exception {
    Files.writeString(folder.resolve("data"), "a file");
    assertThatThrownBy(() -> RunningServer.start(settings(0, 0)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cannot use the data folder");
  }
}
