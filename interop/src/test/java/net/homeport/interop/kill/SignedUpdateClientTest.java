package net.homeport.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of signed updates is one that BIND understands, and it sees what BIND refuses. */
final class SignedUpdateClientTest {
  private static final String ZONE = "dyn.example.org";
  private static final String SECRET = "c2VjcmV0IG9mIHRoZSBraWxsIHRlc3Q=";

  @TempDir Path folder;

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void bindTakesItsUpdates() throws Exception {
    int port = freePort();
    Files.writeString(
        folder.resolve("zone"), "$TTL 60\n@ SOA ns host 1 60 60 60 60\n@ NS ns\nns A 192.0.2.1\n");
    Files.writeString(
        folder.resolve("named.conf"),
        """
        options { directory "%s"; listen-on port %d { 127.0.0.1; }; listen-on-v6 { none; };
          pid-file none; session-keyfile none; recursion no; notify no; dnssec-validation no; };
        controls { };
        key "k" { algorithm hmac-sha256; secret "%s"; };
        zone "%s" { type primary; file "zone"; update-policy { grant k zonesub ANY; }; };
        """
            .formatted(folder, port, SECRET, ZONE));
    Process named =
        new ProcessBuilder("named", "-g", "-c", folder.resolve("named.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      Await.until("BIND answers", () -> !address(port, "ns." + ZONE).isEmpty());
      var client = new SignedUpdateClient(new SignedUpdate("k", SECRET), ZONE, 7);
      client.update(server, 5);
      assertThat(client.refused()).isZero();
      assertThat(client.acknowledged()).isEqualTo(5);
      assertThat(address(port, client.first())).isEqualTo(UpdateClient.ipv4(5));
      assertThat(address(port, client.second())).isEqualTo(UpdateClient.ipv4(5));

      var stranger = new SignedUpdateClient(new SignedUpdate("k", "bm90IHRoZSBzZWNyZXQ="), ZONE, 7);
      stranger.update(server, 2);
      assertThat(stranger.acknowledged()).isZero();
      assertThat(stranger.refused()).isEqualTo(2);
    } finally {
      named.destroyForcibly().waitFor();
    }
  }

  private static String address(int port, String name) {
    String[] command = {
      "dig", "+short", "+time=1", "+tries=1", "-p", Integer.toString(port), "@127.0.0.1", name, "A"
    };
    var result = Commands.run(command);
    return result.exitCode() == 0 ? result.out().strip() : "";
  }
}
