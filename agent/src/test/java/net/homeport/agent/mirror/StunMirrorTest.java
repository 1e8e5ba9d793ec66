package net.homeport.agent.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.fake.UdpResponder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A machine that asks a STUN server for its address. */
@Timeout(60)
final class StunMirrorTest {
  private static final byte[] PUBLIC = {(byte) 198, 51, 100, 7};

  private static InetAddress ask(UdpResponder.Answering answering) throws Exception {
    try (var server = new UdpResponder("127.0.0.1", answering)) {
      return mirror(server, AddressFamily.IPV4).ask();
    }
  }

  private static StunMirror mirror(UdpResponder server, AddressFamily family) {
    InetSocketAddress address = server.address();
    var byName =
        InetSocketAddress.createUnresolved(
            address.getAddress().getHostAddress(), address.getPort());
    return new StunMirror(byName, family, new Random(1));
  }

  /** A success response with one attribute. */
  private static byte[] answer(byte[] request, int attribute, byte... value) {
    return ByteBuffer.allocate(24 + value.length)
        .putShort((short) 0x0101)
        .putShort((short) (4 + value.length))
        .put(request, 4, 16)
        .putShort((short) attribute)
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  private static byte[] xorMapped(byte[] request, byte... address) {
    byte[] value = new byte[4 + address.length];
    value[1] = (byte) (address.length == 4 ? 1 : 2);
    for (int i = 0; i < address.length; i++) {
      value[4 + i] = (byte) (address[i] ^ request[4 + i]);
    }
    return answer(request, 0x0020, value);
  }

  @Test
  void learnsTheAddressOfEitherFamily() throws Exception {
    assertThat(ask((request, _) -> List.of(xorMapped(request, PUBLIC))))
        .isEqualTo(InetAddress.getByAddress(PUBLIC));
    byte[] ipv6 = InetAddress.ofLiteral("2001:db8::7").getAddress();
    try (var server = new UdpResponder("::1", (request, _) -> List.of(xorMapped(request, ipv6)))) {
      assertThat(mirror(server, AddressFamily.IPV6).ask())
          .isEqualTo(InetAddress.ofLiteral("2001:db8::7"));
    }
  }

  @Test
  void theRequestIsThatOfTheStandard() throws Exception {
    ask((request, _) -> {
      assertThat(HexFormat.of().formatHex(request)).startsWith("000100002112a442").hasSize(40);
      return List.of(xorMapped(request, PUBLIC));
    });
  }

  @Test
  void theSampleOfRfc5769() throws Exception {
    byte[] sample =
        HexFormat.of()
            .parseHex(
                ("0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
                    + "002000080001a147e112a6430008001"
                    + "42b91f599fd9e90c38c7489f92af9ba53f06be7d7"
                    + "80280004c07d4c96"));
    byte[] transaction = HexFormat.of().parseHex("b7e7a701bc34d686fa87dfae");
    assertThat(StunMirror.read(ByteBuffer.wrap(sample), transaction))
        .contains(InetAddress.ofLiteral("192.0.2.1"));
  }

  @Test
  void anAnswerToAnotherTransactionIsNotBelieved() throws Exception {
    assertThat(
            ask((request, _) -> {
              byte[] forged = xorMapped(request, (byte) 203, (byte) 0, (byte) 113, (byte) 1);
              forged[12] ^= 1;
              return List.of(forged, new byte[3], xorMapped(request, PUBLIC));
            }))
        .isEqualTo(InetAddress.getByAddress(PUBLIC));
  }

  @Test
  void anAnswerFromAnotherPortIsNotHeard() throws Exception {
    try (var other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      assertThat(
              ask((request, from) -> {
                byte[] forged = xorMapped(request, (byte) 203, (byte) 0, (byte) 113, (byte) 1);
                other.send(new DatagramPacket(forged, forged.length, from));
                return List.of(xorMapped(request, PUBLIC));
              }))
          .isEqualTo(InetAddress.getByAddress(PUBLIC));
    }
  }

  @Test
  void asksAgainWhenAnAnswerIsLost() throws Exception {
    var seen = ConcurrentHashMap.<String>newKeySet();
    assertThat(
            ask((request, _) ->
                seen.add(HexFormat.of().formatHex(request))
                    ? List.of()
                    : List.of(xorMapped(request, PUBLIC))))
        .isEqualTo(InetAddress.getByAddress(PUBLIC));
    assertThat(seen).as("the same transaction").hasSize(1);
  }

  @Test
  void olderServersTellItPlainly() throws Exception {
    assertThat(
            ask((request, _) ->
                List.of(
                    answer(
                        request,
                        1,
                        (byte) 0,
                        (byte) 1,
                        (byte) 9,
                        (byte) 9,
                        (byte) 198,
                        (byte) 51,
                        (byte) 100,
                        (byte) 7))))
        .isEqualTo(InetAddress.getByAddress(PUBLIC));
  }

  @Test
  void refusalsAreTold() {
    assertThatThrownBy(() ->
            ask((request, _) -> {
              byte[] error = answer(request, 9, (byte) 0, (byte) 0, (byte) 4, (byte) 20);
              error[1] = 0x11;
              return List.of(error);
            }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("420");
    assertThatThrownBy(() -> ask((request, _) -> List.of(answer(request, 0x8022))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("without an address");
  }

  @Test
  void aServerWithoutAddressOfTheFamily() {
    var server = InetSocketAddress.createUnresolved("192.0.2.1", 3478);
    assertThatThrownBy(() -> new StunMirror(server, AddressFamily.IPV6, new Random(1)).ask())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("IPV6");
  }

  @Test
  void whateverComesIsAnAddressOrAnIoException() {
    var random = new Random(7);
    byte[] transaction = new byte[12];
    for (int round = 0; round < 20_000; round++) {
      byte[] request = new byte[20];
      ByteBuffer.wrap(request).putInt(4, 0x2112_A442);
      byte[] octets = xorMapped(request, PUBLIC);
      for (int i = random.nextInt(4); i >= 0; i--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
      }
      ByteBuffer cut = ByteBuffer.wrap(octets, 0, random.nextInt(octets.length + 1)).slice();
      try {
        StunMirror.read(cut, transaction);
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith("answered");
      }
    }
  }
}
