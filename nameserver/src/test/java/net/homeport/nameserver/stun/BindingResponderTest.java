package net.homeport.nameserver.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import net.homeport.nameserver.query.ResponseRateLimit;
import net.homeport.nameserver.udp.UdpListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STUN over a real socket, octet for octet. */
final class BindingResponderTest {
  private static final String TRANSACTION = "b7e7a701bc34d686fa87dfae";
  private static final String COOKIE = "2112a442";

  private UdpListener listener = open("127.0.0.1");

  private static UdpListener open(String address) {
    return UdpListener.open(
        new InetSocketAddress(InetAddress.ofLiteral(address), 0),
        1,
        () -> new BindingResponder(ResponseRateLimit.off(), InstantSource.system()));
  }

  @AfterEach
  void close() {
    listener.close();
  }

  /** The answers to one message; a plain request after it marks the end of waiting. */
  private String ask(String hex) throws Exception {
    try (var socket = new DatagramSocket(0, listener.localAddress().getAddress())) {
      socket.connect(listener.localAddress());
      socket.setSoTimeout(10_000);
      byte[] request = HexFormat.of().parseHex(hex);
      socket.send(new DatagramPacket(request, request.length));
      byte[] last = HexFormat.of().parseHex("00010000" + COOKIE + "ff".repeat(12));
      socket.send(new DatagramPacket(last, last.length));
      var answer = new StringBuilder();
      while (true) {
        var packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        String text = HexFormat.of().formatHex(packet.getData(), 0, packet.getLength());
        if (text.substring(16).startsWith("ff".repeat(12))) {
          return answer
              .toString()
              .replace("%04x".formatted(socket.getLocalPort() ^ 0x2112), "(xor-port)")
              .replace("%04x".formatted(socket.getLocalPort()), "(port)");
        }
        answer.append(text);
      }
    }
  }

  private static String withFingerprint(String header, String attributes) {
    String length = "%04x".formatted(attributes.length() / 2 + 8);
    byte[] octets =
        HexFormat.of().parseHex(header.substring(0, 4) + length + header.substring(8) + attributes);
    var crc = new CRC32();
    crc.update(octets);
    return HexFormat.of().formatHex(octets)
        + "80280004"
        + "%08x".formatted((int) crc.getValue() ^ 0x5354554e);
  }

  @Test
  void tellsTheAddress() throws Exception {
    // 127.0.0.1 masked with the magic cookie
    assertThat(ask("00010000" + COOKIE + TRANSACTION))
        .isEqualTo("0101000c" + COOKIE + TRANSACTION + "00200008" + "0001(xor-port)5e12a443");
  }

  @Test
  void tellsAnIpv6Address() throws Exception {
    assumeTrue(hasIpv6());
    listener.close();
    listener = open("::1");
    String masked =
        HexFormat.of()
            .formatHex(
                xor(
                    HexFormat.of().parseHex("00".repeat(15) + "01"),
                    HexFormat.of().parseHex(COOKIE + TRANSACTION)));
    assertThat(ask("00010000" + COOKIE + TRANSACTION))
        .isEqualTo("01010018" + COOKIE + TRANSACTION + "00200014" + "0002(xor-port)" + masked);
  }

  private static boolean hasIpv6() {
    try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("::1"))) {
      return socket.isBound();
    } catch (java.net.SocketException e) {
      return false;
    }
  }

  private static byte[] xor(byte[] one, byte[] other) {
    byte[] result = new byte[one.length];
    for (int i = 0; i < one.length; i++) {
      result[i] = (byte) (one[i] ^ other[i]);
    }
    return result;
  }

  @Test
  void anOldClientGetsThePlainAddress() throws Exception {
    // RFC 8489 11: the cookie's place is a part of RFC 3489's transaction identifier.
    assertThat(ask("00010000" + "01020304" + TRANSACTION))
        .isEqualTo("0101000c" + "01020304" + TRANSACTION + "00010008" + "0001(port)7f000001");
  }

  @Test
  void aFingerprintIsCheckedAndReturned() throws Exception {
    String request = withFingerprint("00010000" + COOKIE + TRANSACTION, "");
    String answer = ask(request);
    assertThat(answer).startsWith("01010014" + COOKIE + TRANSACTION + "00200008");
    assertThat(answer).contains("80280004");
    byte[] octets = HexFormat.of().parseHex(answerAsSent(request));
    var crc = new CRC32();
    crc.update(octets, 0, octets.length - 8);
    assertThat(ByteBuffer.wrap(octets).getInt(octets.length - 4))
        .isEqualTo((int) crc.getValue() ^ 0x5354554e);
    String damaged = request.substring(0, request.length() - 1) + (request.endsWith("0") ? 1 : 0);
    assertThat(ask(damaged)).isEmpty();
  }

  private String answerAsSent(String request) throws Exception {
    try (var socket = new DatagramSocket(0, listener.localAddress().getAddress())) {
      socket.setSoTimeout(10_000);
      byte[] octets = HexFormat.of().parseHex(request);
      socket.send(new DatagramPacket(octets, octets.length, listener.localAddress()));
      var packet = new DatagramPacket(new byte[1500], 1500);
      socket.receive(packet);
      return HexFormat.of().formatHex(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "80220005486f6d6500000000, 0101", // SOFTWARE with padding
    "0006000461626364, 0101", // USERNAME: known and ignored
    "0003000400000006, 0111", // CHANGE-REQUEST (RFC 5780): not known
  })
  void attributes(String attributes, String answer) throws Exception {
    String length = "%04x".formatted(attributes.length() / 2);
    assertThat(ask("0001" + length + COOKIE + TRANSACTION + attributes)).startsWith(answer);
  }

  @Test
  void namesTheUnknownAttributes() throws Exception {
    // RFC 8489 6.3.1, 14.8, 14.13
    String attributes = "00030004000000067f00000000250000";
    assertThat(ask("00010010" + COOKIE + TRANSACTION + attributes))
        .isEqualTo(
            "01110014"
                + COOKIE
                + TRANSACTION
                + "0009000400000414"
                + "000a00060003"
                + "7f000025"
                + "0000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "0001", // cut off
        "00110000" + COOKIE + TRANSACTION, // an indication
        "01010000" + COOKIE + TRANSACTION, // a response
        "00030000" + COOKIE + TRANSACTION, // another method (TURN)
        "00010004" + COOKIE + TRANSACTION, // longer than it is
        "00010000" + COOKIE + TRANSACTION + "00", // shorter than it is
        "00010004" + COOKIE + TRANSACTION + "80220001", // an attribute that runs off
        "12340120000100000000000003777777077465737400000100", // DNS
      })
  void silenceForTheRest(String hex) throws Exception {
    assertThat(ask(hex)).isEmpty();
  }

  @Test
  void garbageNeverBreaksIt() throws Exception {
    var random = new SplittableRandom(8489);
    byte[] seed =
        HexFormat.of()
            .parseHex("00010010" + COOKIE + TRANSACTION + "80220003486f6d00" + "8028000400000000");
    try (var socket = new DatagramSocket(0, listener.localAddress().getAddress())) {
      for (int round = 0; round < 20_000; round++) {
        byte[] octets =
            Arrays.copyOf(seed, random.nextInt(8) == 0 ? random.nextInt(60) : seed.length);
        for (int left = random.nextInt(4); left > 0 && octets.length > 0; left--) {
          octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        socket.send(new DatagramPacket(octets, octets.length, listener.localAddress()));
        if (round % 64 == 0) {
          // No more than the socket's buffer holds: what the system drops would prove nothing.
          assertThat(ask("00010000" + COOKIE + TRANSACTION)).startsWith("0101000c");
        }
      }
    }
    assertThat(ask("00010000" + COOKIE + TRANSACTION)).startsWith("0101000c");
    assertThat(listener.counts().failures()).isZero();
  }
}
