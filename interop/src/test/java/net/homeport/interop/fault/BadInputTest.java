package net.homeport.interop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Octets and files that make no sense: the server goes on, and people are told the place. */
final class BadInputTest {
  private static final String HOST = "home.dyn.example.org";
  private static final long SEED = 20_261_120;
  private static final int PACKETS = 5000;
  private static final int CONNECTIONS = 100;

  @TempDir Path folder;
  private HomeportProcess server;

  @BeforeEach
  void start() {
    server = HomeportProcess.start(folder.resolve("data"));
    server.addZone("dyn.example.org");
    Recipe recipe = server.addHost(HOST);
    Commands.run("bash", "-c", recipe.curl()).succeeded();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void goesOn() {
    assertThat(server.isAlive()).isTrue();
    assertThat(server.dns().a(HOST)).containsExactly("198.51.100.7");
    assertThat(server.dns().ask(HOST, Type.A, true).getHeader().getRcode()).isZero();
    assertThat(server.output()).doesNotContain("\tat ");
    assertThat(server.output().lines().count()).as("nobody can fill the log").isLessThan(100);
  }

  private InetSocketAddress dnsAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.dnsPort());
  }

  /** A good question with octets changed, or cut, or nothing but noise. */
  private static byte[] packet(Random random) throws IOException {
    byte[] packet;
    if (random.nextBoolean()) {
      packet = new byte[random.nextInt(600)];
      random.nextBytes(packet);
      return packet;
    }
    Record question = Record.newRecord(Name.fromString(HOST + "."), Type.A, DClass.IN);
    packet = Message.newQuery(question).toWire();
    for (int i = random.nextInt(4); i >= 0; i--) {
      packet[random.nextInt(packet.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(packet, random.nextInt(packet.length)) : packet;
  }

  @Test
  void malformedPackets() throws IOException {
    var random = new Random(SEED);
    try (var socket = new DatagramSocket()) {
      for (int i = 0; i < PACKETS; i++) {
        byte[] octets = packet(random);
        socket.send(new DatagramPacket(octets, octets.length, dnsAddress()));
        if (i % 500 == 0) {
          goesOn();
        }
      }
    }
    goesOn();
  }

  @Test
  void malformedStreams() throws IOException {
    var random = new Random(SEED);
    for (int i = 0; i < CONNECTIONS; i++) {
      for (InetSocketAddress address :
          new InetSocketAddress[] {dnsAddress(), server.webAddress()}) {
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
          socket.getOutputStream().write(packet(random));
        } catch (IOException _) {
          // It may hang up on us in the middle.
        }
      }
    }
    goesOn();
    assertThat(server.json("status").get("hosts")).hasToString("1");
  }

  @Test
  void httpThatIsNone() throws IOException {
    for (String request :
        new String[] {
          "\r\n\r\n\r\n",
          "GET\r\n\r\n",
          "GET /nic/update HTTP/9.9\r\n\r\n",
          "GET /nic/update?hostname=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
          "POST /nic/update HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
          "POST /nic/update HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\nx",
          "GET /nic/update HTTP/1.1\r\nHost: x\r\nAuthorization: Basic \u0000\r\n\r\n",
          "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"
        }) {
      InetSocketAddress web = server.webAddress();
      try (var socket = new Socket(web.getAddress(), web.getPort())) {
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(answer).as(request).doesNotContain("HTTP/1.1 2", "\tat ");
      } catch (IOException _) {
        // It may hang up on us in the middle.
      }
    }
    goesOn();
  }

  @Test
  void aBadZoneFileNamesTheLineAndAddsNothing() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.zone"),
            """
            $TTL 300
            @ IN SOA ns1 hostmaster 1 3600 600 1209600 60
            @ IN NS ns1
            ns1 IN A 192.0.2.53
            www IN A 192.0.2.999
            """);
    Result result = server.command("zone", "add", "example.net", "--file", file.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("homeport: ")
        .contains("bad.zone:5:10: ")
        .doesNotContain("\tat ");
    assertThat(server.dns().ask("ns1.example.net", Type.A).getHeader().getRcode())
        .as("REFUSED: no such zone")
        .isEqualTo(5);
    Result missing = server.command("zone", "add", "example.net", "--file", "nowhere.zone");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("nowhere.zone");
  }

  @Test
  void aBadConfigurationFileNamesLineAndColumn() throws IOException {
    Path file = folder.resolve("homeport.toml");
    Files.writeString(file, "data = \"x\"\ndns = [127.0.0.1:53]\n");
    configurationFails(file, "line 2, column ");
    Files.writeString(file, "data = \"x\"\n\n   colour = \"red\"\n");
    configurationFails(file, "line 3, column 4");
    Files.writeString(file, "udp-workers = \"many\"\n");
    configurationFails(file, "line 1, column 1");
    configurationFails(folder.resolve("none.toml"), "none.toml");
  }

  private void configurationFails(Path file, String place) {
    Result result =
        HomeportProcess.on(folder.resolve("other")).with("--config", file.toString()).startInVain();
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
    assertThat(result.err()).contains(file.toString(), place).doesNotContain("\tat ");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void badFlagsAreExplained() {
    for (String[] flags :
        new String[][] {
          {"--udp-workers", "0", "udp-workers: 0"},
          {"--udp-workers", "many", "many"},
          {"--trusted-proxy", "10.0.0.0/99", "trusted-proxy: "},
          {"--dns", "localhost", "dns: 'localhost'"},
          {"--dns", "127.0.0.1:99999", "127.0.0.1:99999"},
        }) {
      Result result =
          HomeportProcess.on(folder.resolve("other")).with(flags[0], flags[1]).startInVain();
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
      assertThat(result.err()).startsWith("homeport: ").contains(flags[2]).doesNotContain("\tat ");
    }
  }
}
