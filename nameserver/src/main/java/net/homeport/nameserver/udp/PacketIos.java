package net.homeport.nameserver.udp;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the {@link PacketIo} for this machine. */
public final class PacketIos {

  private static final Logger LOGGER = LoggerFactory.getLogger(PacketIos.class);

  private PacketIos() {}

  /** Whether several sockets can be bound to one port and share its packets on this system. */
  public static boolean canSharePort() {
    return ChannelPacketIo.canSharePort();
  }

  /** See {@link PacketIo#open}. */
  static PacketIo open(InetSocketAddress address, boolean sharePort, PacketIo.Kind kind) {
    Endpoint endpoint = new Endpoint(Transport.UDP, address);
    return switch (kind) {
      case CHANNEL -> ChannelPacketIo.open(endpoint, sharePort);
      case NATIVE -> {
        Optional<String> hindrance = NativePacketIo.hindrance();
        if (hindrance.isPresent()) {
          throw new UnsupportedOperationException(hindrance.get());
        }
        yield NativePacketIo.open(endpoint, sharePort);
      }
      case AUTOMATIC ->
          Choice.NATIVE
              ? NativePacketIo.open(endpoint, sharePort)
              : ChannelPacketIo.open(endpoint, sharePort);
    };
  }

  /** Made once, so that the reason is logged once. */
  private static final class Choice {

    static final boolean NATIVE = choose();

    private static boolean choose() {
      Optional<String> hindrance = NativePacketIo.hindrance();
      hindrance.ifPresent(
          why -> LOGGER.info("UDP goes through DatagramChannel, one packet at a time: {}", why));
      return hindrance.isEmpty();
    }
  }
}
