package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.homeport.interop.harness.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kea's DHCP-DDNS server, which settles by DHCID records whose name it is (RFC 4703). A DHCP server
 * would send it the requests that are made here.
 */
final class KeaTest {
  private static final String FIRST = "000101" + "11".repeat(32);
  private static final String SECOND = "000101" + "22".repeat(32);

  @TempDir Path folder;
  private Lab lab;
  private Process kea;
  private int port;

  @BeforeEach
  void start() throws IOException {
    lab = Lab.start(folder);
    lab.addZone(
        "2.0.192.in-addr.arpa",
        """
        $TTL 300
        @ SOA ns1.dyn.test. hostmaster.dyn.test. 1 3600 600 86400 60
        @ NS ns1.dyn.test.
        """);
    KeyRecipes key =
        lab.addKey(
            "kea",
            "--zone",
            "dyn.test",
            "--zone",
            "2.0.192.in-addr.arpa",
            "--subtree",
            "dyn.test",
            "--subtree",
            "2.0.192.in-addr.arpa",
            "--type",
            "A,AAAA,DHCID,PTR");
    try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    // The printed lines name the forward zone; the reverse zone goes the same way.
    String configuration =
        """
        { "DhcpDdns": { "ip-address": "127.0.0.1", "port": %d, "dns-server-timeout": 2000,
          %s,
          "reverse-ddns": { "ddns-domains": [
            { "name": "2.0.192.in-addr.arpa.", "key-name": "kea",
              "dns-servers": [ { "ip-address": "127.0.0.1", "port": %d } ] } ] },
          "loggers": [ { "name": "kea-dhcp-ddns", "severity": "DEBUG", "debuglevel": 50,
            "output_options": [ { "output": "stdout" } ] } ] } }
        """
            .formatted(port, key.block("Kea, kea-dhcp-ddns.conf").strip(), lab.port());
    Path file = lab.secretFile("kea.conf", configuration);
    var builder =
        new ProcessBuilder("kea-dhcp-ddns", "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    builder.environment().put("KEA_PIDFILE_DIR", folder.toString());
    builder.environment().put("KEA_LOCKFILE_DIR", folder.toString());
    kea = builder.start();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(kea::destroyForcibly));
    Await.until("Kea is ready", () -> logged("DHCP_DDNS_STARTED"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    kea.destroyForcibly().waitFor();
    lab.close();
  }

  private Path log() {
    return folder.resolve("kea.log");
  }

  private String logText() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean logged(String word) {
    if (!kea.isAlive()) {
      throw new AssertionError("Kea ended:\n" + logText());
    }
    return logText().contains(word);
  }

  private int count(String word) {
    return logText().split(word, -1).length - 1;
  }

  /**
   * Sends a name-change request and waits until Kea is through with it: it says so once for each.
   *
   * @param type 0 adds, 1 removes
   */
  private void request(int type, String address, String dhcid, String outcome) throws IOException {
    int before = count(outcome);
    String json =
        """
        { "change-type": %d, "forward-change": true, "reverse-change": true,
          "fqdn": "laptop.dyn.test.", "ip-address": "%s", "dhcid": "%s",
          "lease-expires-on": "20370101000000", "lease-length": 1300,
          "use-conflict-resolution": true }
        """
            .formatted(type, address, dhcid);
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    byte[] octets =
        ByteBuffer.allocate(Short.BYTES + text.length)
            .putShort((short) text.length)
            .put(text)
            .array();
    try (var socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(octets, octets.length, InetAddress.getLoopbackAddress(), port));
    }
    Await.until(
        "Kea says " + outcome,
        () -> {
          if (!kea.isAlive()) {
            throw new AssertionError("Kea ended:\n" + logText());
          }
          return count(outcome) > before;
        });
  }

  private List<String> address() {
    return lab.data("laptop.dyn.test", "A");
  }

  private List<String> pointer(int last) {
    return lab.data(last + ".2.0.192.in-addr.arpa", "PTR");
  }

  @Test
  void aNameBelongsToTheClientThatCameFirst() throws IOException {
    request(0, "192.0.2.77", FIRST, "DHCP_DDNS_ADD_SUCCEEDED");
    assertThat(address()).containsExactly("192.0.2.77");
    assertThat(pointer(77)).containsExactly("laptop.dyn.test.");
    assertThat(lab.data("laptop.dyn.test", "DHCID")).hasSize(1);
    List<String> owner = lab.data("laptop.dyn.test", "DHCID");

    request(0, "192.0.2.78", FIRST, "DHCP_DDNS_ADD_SUCCEEDED");
    assertThat(address()).containsExactly("192.0.2.78");
    assertThat(pointer(78)).containsExactly("laptop.dyn.test.");

    request(0, "192.0.2.79", SECOND, "DHCP_DDNS_ADD_FAILED");
    assertThat(address()).containsExactly("192.0.2.78");
    assertThat(lab.data("laptop.dyn.test", "DHCID")).isEqualTo(owner);

    request(1, "192.0.2.78", SECOND, "DHCP_DDNS_REMOVE_FAILED");
    assertThat(address()).containsExactly("192.0.2.78");

    request(1, "192.0.2.78", FIRST, "DHCP_DDNS_REMOVE_SUCCEEDED");
    assertThat(address()).isEmpty();
    assertThat(lab.data("laptop.dyn.test", "DHCID")).isEmpty();
    assertThat(pointer(78)).isEmpty();
  }
}
