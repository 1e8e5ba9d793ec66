package net.homeport.nameserver.listen;

import java.net.InetSocketAddress;
import java.util.function.Function;
import java.util.function.Supplier;
import net.homeport.nameserver.socket.ListenException;
import net.homeport.nameserver.socket.PortInUseException;
import net.homeport.nameserver.tcp.MessageHandler;
import net.homeport.nameserver.tcp.TcpLimits;
import net.homeport.nameserver.tcp.TcpListener;
import net.homeport.nameserver.udp.DatagramHandler;
import net.homeport.nameserver.udp.UdpListener;

/**
 * UDP and TCP on the same address and port, as DNS wants it (RFC 7766 section 5).
 *
 * @param udp the listener for UDP
 * @param tcp the listener for TCP
 */
public record DnsListeners(UdpListener udp, TcpListener tcp) implements AutoCloseable {

  /** How often to look for a port number which is free for both. */
  private static final int ATTEMPTS = 16;

  /**
   * Binds both and begins to serve.
   *
   * @param address where to listen; port 0 picks a number which is free for both
   * @param workers threads for UDP, at least 1
   * @param datagrams makes the handler of each UDP worker
   * @param messages answers what comes over TCP
   * @param limits what TCP clients may take
   * @throws ListenException if a port cannot be had; its message tells the user what to do
   */
  public static DnsListeners open(
      InetSocketAddress address,
      int workers,
      Supplier<DatagramHandler> datagrams,
      MessageHandler messages,
      TcpLimits limits) {
    return open(
        address,
        wanted -> UdpListener.open(wanted, workers, datagrams),
        wanted -> TcpListener.open(wanted, messages, limits));
  }

  static DnsListeners open(
      InetSocketAddress address,
      Function<InetSocketAddress, UdpListener> openUdp,
      Function<InetSocketAddress, TcpListener> openTcp) {
    for (int attempt = 1; ; attempt++) {
      UdpListener udp = openUdp.apply(address);
      try {
        InetSocketAddress same =
            new InetSocketAddress(address.getAddress(), udp.localAddress().getPort());
        return new DnsListeners(udp, openTcp.apply(same));
      } catch (RuntimeException | Error e) {
        udp.close();
        boolean mayTryAnother = address.getPort() == 0 && attempt < ATTEMPTS;
        if (!(e instanceof PortInUseException && mayTryAnother)) {
          throw e;
        }
      }
    }
  }

  /** The address and port of both, the port being the real one if 0 was asked for. */
  public InetSocketAddress localAddress() {
    return udp.localAddress();
  }

  /** Closes both; see {@link UdpListener#close} and {@link TcpListener#close}. */
  @Override
  public void close() {
    try {
      tcp.close();
    } finally {
      udp.close();
    }
  }
}
