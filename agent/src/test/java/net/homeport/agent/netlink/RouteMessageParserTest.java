package net.homeport.agent.netlink;

import static net.homeport.agent.fake.Addresses.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RouteMessageParserTest {
  private static final byte[] IPV6 = address("2001:db8::7").getAddress();

  @Test
  void readsAnIpv4AddressOfAnEthernet() throws IOException {
    ByteBuffer datagram =
        new KernelBytes()
            .header(KernelBytes.NEWADDR)
            .address(2, 24, 0x80, 0, 3)
            .attribute(1, (byte) 192, (byte) 0, (byte) 2, (byte) 7)
            .attribute(2, (byte) 192, (byte) 0, (byte) 2, (byte) 7)
            .attribute(3, "eth0\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .attribute(8, 0x80)
            .attribute(6, -1, -1, 1234, 1234)
            .datagram();
    assertThat(RouteMessageParser.parse(datagram))
        .containsExactly(new RouteMessage.Address(true, 3, address("192.0.2.7"), 24, 0x80, 1234));
  }

  @Test
  void takesTheOwnEndOfAPointToPointLink() throws IOException {
    ByteBuffer datagram =
        new KernelBytes()
            .header(KernelBytes.NEWADDR)
            .address(2, 32, 0, 0, 9)
            .attribute(1, (byte) 198, (byte) 51, (byte) 100, (byte) 1)
            .attribute(2, (byte) 192, (byte) 0, (byte) 2, (byte) 7)
            .datagram();
    assertThat(RouteMessageParser.parse(datagram))
        .containsExactly(new RouteMessage.Address(true, 9, address("192.0.2.7"), 32, 0, 0));
  }

  @Test
  void takesTheLongFlagsBeforeTheShortOnes() throws IOException {
    // Stable privacy (0x800) does not fit into the eight bits.
    ByteBuffer datagram =
        new KernelBytes()
            .header(KernelBytes.NEWADDR)
            .address(10, 64, 0xff, 0, 2)
            .attribute(1, IPV6)
            .attribute(8, 0x840)
            .datagram();
    var read = (RouteMessage.Address) RouteMessageParser.parse(datagram).getFirst();
    assertThat(read.has(RouteMessage.TENTATIVE)).isTrue();
    assertThat(read.has(RouteMessage.DEPRECATED)).isFalse();
    assertThat(read.flags()).isEqualTo(0x840);
  }

  @Test
  void readsSeveralMessagesOfOneDatagram() throws IOException {
    ByteBuffer datagram =
        new KernelBytes()
            .header(KernelBytes.DELADDR)
            .address(10, 64, 0, 0, 2)
            .attribute(1, IPV6)
            .header(KernelBytes.NEWROUTE)
            .route(2, 0)
            .attribute(4, 5)
            .header(KernelBytes.DELROUTE)
            .route(10, 64)
            .header(16)
            .raw(0)
            .header(3)
            .datagram();
    assertThat(RouteMessageParser.parse(datagram))
        .containsExactly(
            new RouteMessage.Address(false, 2, address("2001:db8::7"), 64, 0, 0),
            new RouteMessage.Route(true, true, 5),
            new RouteMessage.Route(false, false, 0),
            new RouteMessage.Other(16),
            new RouteMessage.Done());
  }

  @Test
  void tellsErrorsOverrunsAndInterruptedDumps() throws IOException {
    ByteBuffer datagram =
        new KernelBytes().header(2).raw(-13).header(4).header(3, 0x10).raw(0).datagram();
    assertThat(RouteMessageParser.parse(datagram))
        .containsExactly(
            new RouteMessage.Refused(13),
            new RouteMessage.Overrun(),
            new RouteMessage.DumpInterrupted(),
            new RouteMessage.Done());
  }

  @Test
  void skipsAnAddressWithoutBytes() throws IOException {
    ByteBuffer datagram =
        new KernelBytes().header(KernelBytes.NEWADDR).address(10, 64, 0, 0, 2).datagram();
    assertThat(RouteMessageParser.parse(datagram))
        .containsExactly(new RouteMessage.Other(KernelBytes.NEWADDR));
  }

  @Test
  void refusesWhatIsCutShort() {
    ByteBuffer whole =
        new KernelBytes()
            .header(KernelBytes.NEWADDR)
            .address(10, 64, 0, 0, 2)
            .attribute(1, IPV6)
            .datagram();
    for (int length = 1; length < whole.limit(); length++) {
      ByteBuffer cut = whole.slice(0, length);
      assertThatThrownBy(() -> RouteMessageParser.parse(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void throwsNothingButIoExceptionWhateverTheBytes() {
    var random = new Random(42);
    ByteBuffer whole =
        new KernelBytes()
            .header(KernelBytes.NEWADDR)
            .address(10, 64, 0, 0, 2)
            .attribute(1, IPV6)
            .attribute(6, -1, -1, 1, 1)
            .header(KernelBytes.NEWROUTE)
            .route(2, 0)
            .attribute(4, 5)
            .datagram();
    for (int i = 0; i < 20_000; i++) {
      ByteBuffer bent = ByteBuffer.allocate(whole.limit()).put(whole.duplicate()).flip();
      for (int j = 0; j < 3; j++) {
        bent.put(random.nextInt(bent.limit()), (byte) random.nextInt());
      }
      try {
        assertThat(RouteMessageParser.parse(bent)).isNotNull();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("netlink message");
      }
    }
  }
}
