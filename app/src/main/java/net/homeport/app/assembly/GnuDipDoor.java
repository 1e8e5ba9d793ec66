package net.homeport.app.assembly;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.homeport.app.config.SocketAddressText;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.ListenFailure;
import net.homeport.nameserver.socket.Transport;
import net.homeport.web.dialect.DialectHandler;
import net.homeport.web.gnudip.GnuDipDialect;
import net.homeport.web.gnudip.GnuDipListener;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;

/** GnuDIP by TCP and by HTTP, where somebody asked for it. */
final class GnuDipDoor implements AutoCloseable {
  private final List<GnuDipListener> listeners = new ArrayList<>();
  private final InstantSource clock;

  private GnuDipDoor(InstantSource clock) {
    this.clock = clock;
  }

  static GnuDipDoor open(List<InetSocketAddress> addresses, HostDesk desk, InstantSource clock) {
    var door = new GnuDipDoor(clock);
    for (InetSocketAddress address : addresses) {
      try {
        door.listeners.add(
            GnuDipListener.open(
                address, desk.updates(), desk.exchanges(), desk.credentials().hasher(), clock));
      } catch (IOException e) {
        door.close();
        var endpoint = new Endpoint(Transport.GNUDIP, address);
        throw ListenFailure.of(endpoint, e).toException(endpoint, e);
      }
    }
    return door;
  }

  /** Its form of HTTP; none if it is not spoken. */
  Map<PathSpec, Handler> routes(HostDesk desk, ClientAddress clientAddress) {
    if (listeners.isEmpty()) {
      return Map.of();
    }
    var dialect = new GnuDipDialect(desk.credentials().hasher(), clock);
    return Map.of(
        new ServletPathSpec(GnuDipDialect.PATH),
        new DialectHandler(
            _ -> dialect, desk.updates(), new Origins(clientAddress), desk.exchanges()));
  }

  /** Where it listens, as {@code ADDRESS:PORT}. */
  List<String> addresses() {
    return listeners.stream().map(listener -> SocketAddressText.of(listener.address())).toList();
  }

  @Override
  public void close() {
    listeners.forEach(GnuDipListener::close);
  }
}
