package net.homeport.app.assembly;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import net.homeport.web.dialect.DialectHandler;
import net.homeport.web.freedns.FreeDnsDialect;
import net.homeport.web.freedns.FreeDnsListing;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;

/** FreeDNS's logins by SHA-1, where somebody asked for them. */
final class FreeDnsDoor {
  private FreeDnsDoor() {}

  /** Its paths, in place of those that take tokens only; none if it is not wanted. */
  static Map<PathSpec, Handler> routes(
      boolean wanted, HostDesk desk, ClientAddress clientAddress, InstantSource clock) {
    if (!wanted) {
      return Map.of();
    }
    var dialect = new FreeDnsDialect(true);
    Map<PathSpec, Handler> routes = new HashMap<>();
    routes.put(
        new ServletPathSpec(FreeDnsDialect.PATH),
        new DialectHandler(
            _ -> dialect, desk.updates(), new Origins(clientAddress), desk.exchanges()));
    var listing = desk.freeDnsListing(clientAddress, clock);
    FreeDnsListing.PATHS.forEach(path -> routes.put(new ServletPathSpec(path), listing));
    return routes;
  }
}
