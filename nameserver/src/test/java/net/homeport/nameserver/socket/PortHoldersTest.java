package net.homeport.nameserver.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a copy of what Linux shows in {@code /proc} on a little-endian machine. */
class PortHoldersTest {

  private static final String HEADING =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode ref pointer drops";

  @TempDir Path proc;

  @BeforeEach
  void littleEndian() throws IOException {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    Files.createDirectories(proc.resolve("net"));
    Files.createDirectories(proc.resolve("self"));
  }

  @Test
  void namesTheProcess() throws IOException {
    table("udp", line("0100007F:0035", "07", 0, 4711));
    process(812, "dnsmasq", 99, 4711);

    assertThat(describe(Transport.UDP, "127.0.0.1", 53)).isEqualTo("dnsmasq (process 812)");
  }

  @Test
  void tellsWhenItIsThisProgramItself() throws IOException {
    long self = ProcessHandle.current().pid();
    table("udp", line("0100007F:0035", "07", 0, 4711));
    process(self, "java", 4711);

    assertThat(describe(Transport.UDP, "127.0.0.1", 53))
        .isEqualTo("java (process " + self + ", this very program)");
  }

  @Test
  void namesTheUserWhoseProcessesAreNotReadable() throws IOException {
    table("udp", line("0100007F:0035", "07", 101, 4711));
    process(812, "dnsmasq", 99);

    assertThat(describe(Transport.UDP, "127.0.0.1", 53))
        .isEqualTo("a process of another user (user id 101)");
  }

  @Test
  void aWildcardStandsInTheWayOfEveryAddressAndTheOtherWayRound() throws IOException {
    table("udp", line("00000000:0035", "07", 0, 1));
    table("tcp6", line("00000000000000000000000001000000:0035", "0A", 0, 2));
    process(10, "any", 1);
    process(11, "one", 2);

    assertThat(describe(Transport.UDP, "192.0.2.1", 53)).isEqualTo("any (process 10)");
    assertThat(describe(Transport.TCP, "::", 53)).isEqualTo("one (process 11)");
    assertThat(describe(Transport.TCP, "::1", 53)).isEqualTo("one (process 11)");
  }

  @Test
  void passesOverOtherPortsAddressesTransportsAndConnections() throws IOException {
    table("udp", line("0100007F:0036", "07", 0, 1), line("0200007F:0035", "07", 0, 1));
    table("tcp", line("0100007F:0035", "01", 0, 1), line("0100007F:0036", "0A", 0, 1));
    process(10, "innocent", 1);

    assertThat(describe(Transport.UDP, "127.0.0.1", 53)).isEqualTo("another program");
    assertThat(describe(Transport.TCP, "127.0.0.1", 53)).isEqualTo("another program");
  }

  @Test
  void getsAlongWithoutProcAndWithStrangeLines() throws IOException {
    assertThat(describe(Transport.UDP, "127.0.0.1", 53)).isEqualTo("another program");

    table("udp", "", "a b c d e f g h i j k", "0: xyz:0035 r s q t r 0 0 17", "0: 00:35 r");

    assertThat(describe(Transport.UDP, "127.0.0.1", 53)).isEqualTo("another program");
  }

  private String describe(Transport transport, String address, int port) {
    return new PortHolders(proc)
        .describe(
            new Endpoint(transport, new InetSocketAddress(InetAddress.ofLiteral(address), port)));
  }

  private void table(String name, String... lines) throws IOException {
    Files.writeString(
        proc.resolve("net").resolve(name), HEADING + "\n" + String.join("\n", lines) + "\n");
  }

  private static String line(String local, String state, int user, long inode) {
    return " 123: "
        + local
        + " 00000000:0000 "
        + state
        + " 00000000:00000000 00:00000000 00000000 "
        + user
        + " 0 "
        + inode
        + " 2 0000000000000000 0";
  }

  private void process(long id, String name, long... inodes) throws IOException {
    Path folder = proc.resolve(Long.toString(id));
    Path descriptors = Files.createDirectories(folder.resolve("fd"));
    Files.writeString(folder.resolve("comm"), name + "\n");
    for (int i = 0; i < inodes.length; i++) {
      Files.createSymbolicLink(
          descriptors.resolve(Integer.toString(i)), Path.of("socket:[" + inodes[i] + "]"));
    }
  }
}
