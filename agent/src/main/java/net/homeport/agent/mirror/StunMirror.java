package net.homeport.agent.mirror;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.address.Mirror;

/** A STUN server (RFC 8489), asked by Binding requests without authentication. */
public final class StunMirror implements Mirror {
  /** Where STUN is served, unless told otherwise (RFC 8489 section 18.6). */
  public static final int PORT = 3478;

  private static final int HEADER = 20;
  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int BINDING_ERROR = 0x0111;
  private static final int MAGIC_COOKIE = 0x2112_A442;
  private static final int TRANSACTION = 12;
  private static final int MAPPED_ADDRESS = 0x0001;
  private static final int ERROR_CODE = 0x0009;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int FAMILY_IPV4 = 1;
  private static final int FAMILY_IPV6 = 2;

  private final InetSocketAddress server;
  private final AddressFamily family;
  private final RandomGenerator random;

  /**
   * @param server by name or address; a name is looked up at each asking
   * @param family to ask over, and so to learn
   * @param random for transaction IDs, which nobody else may guess
   */
  public StunMirror(InetSocketAddress server, AddressFamily family, RandomGenerator random) {
    this.server = server;
    this.family = family;
    this.random = random;
  }

  @Override
  public String name() {
    return server.getHostString();
  }

  @Override
  public Optional<AddressFamily> family() {
    return Optional.of(family);
  }

  @Override
  public InetAddress ask() throws IOException, InterruptedException {
    byte[] transaction = new byte[TRANSACTION];
    random.nextBytes(transaction);
    byte[] request =
        ByteBuffer.allocate(HEADER)
            .putShort((short) BINDING_REQUEST)
            .putShort((short) 0)
            .putInt(MAGIC_COOKIE)
            .put(transaction)
            .array();
    return DatagramExchange.ask(
        Servers.resolved(server, family),
        request,
        datagram -> read(ByteBuffer.wrap(datagram), transaction));
  }

  /** Reads an answer; empty if it is none, or none to this transaction. */
  static Optional<InetAddress> read(ByteBuffer answer, byte[] transaction) throws IOException {
    if (answer.limit() < HEADER
        || answer.getInt(4) != MAGIC_COOKIE
        || Short.toUnsignedInt(answer.getShort(2)) != answer.limit() - HEADER
        || !answer.slice(8, TRANSACTION).equals(ByteBuffer.wrap(transaction))) {
      return Optional.empty();
    }
    int type = Short.toUnsignedInt(answer.getShort(0));
    if (type != BINDING_SUCCESS && type != BINDING_ERROR) {
      return Optional.empty();
    }
    Optional<InetAddress> plain = Optional.empty();
    int at = HEADER;
    while (at + 4 <= answer.limit()) {
      int octets = Short.toUnsignedInt(answer.getShort(at + 2));
      int next = at + 4 + (octets + 3) / 4 * 4;
      if (next > answer.limit()) {
        throw new IOException("answered a broken STUN message");
      }
      ByteBuffer value = answer.slice(at + 4, octets);
      switch (Short.toUnsignedInt(answer.getShort(at))) {
        case XOR_MAPPED_ADDRESS -> {
          return Optional.of(address(value, answer.slice(4, 16)));
        }
        case MAPPED_ADDRESS -> plain = Optional.of(address(value, ByteBuffer.allocate(16)));
        case ERROR_CODE -> {
          if (type == BINDING_ERROR && octets >= 4) {
            int code = (value.get(2) & 0x7) * 100 + value.get(3);
            throw new IOException("answered STUN error " + code);
          }
        }
        default -> {}
      }
      at = next;
    }
    if (plain.isEmpty()) {
      throw new IOException("answered without an address");
    }
    return plain;
  }

  /** The address of RFC 8489 section 14.1, or that of 14.2 with the mask it is hidden by. */
  private static InetAddress address(ByteBuffer value, ByteBuffer mask) throws IOException {
    int family = value.limit() < 4 ? 0 : value.get(1);
    int octets = family == FAMILY_IPV4 ? 4 : family == FAMILY_IPV6 ? 16 : -1;
    if (value.limit() != 4 + octets) {
      throw new IOException("answered an address of no known family");
    }
    byte[] address = new byte[octets];
    for (int i = 0; i < octets; i++) {
      address[i] = (byte) (value.get(4 + i) ^ mask.get(i));
    }
    return InetAddress.getByAddress(address);
  }
}
