package net.homeport.web.freedns;

import java.time.InstantSource;
import java.util.Map;
import net.homeport.registry.credential.Authenticator;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.update.HostUpdates;
import net.homeport.web.dialect.DialectHandler;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import net.homeport.zone.writer.ZoneWriter;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;

/** The paths of a server that takes FreeDNS's logins by SHA-1. */
public final class FreeDnsRoutes {
  private FreeDnsRoutes() {}

  /** Puts them in place of those that take tokens only. */
  public static void put(
      Map<PathSpec, Handler> routes,
      Authenticator authenticator,
      HostGrants grants,
      HostUpdates updates,
      ZoneWriter writer,
      ClientAddress clientAddress,
      ExchangeLog exchanges,
      InstantSource clock) {
    var listing =
        new FreeDnsListing(
            authenticator,
            grants,
            writer::snapshot,
            clientAddress,
            exchanges,
            RejectedAttempts.NONE,
            clock);
    FreeDnsListing.PATHS.forEach(path -> routes.put(new ServletPathSpec(path), listing));
    var dialect = new FreeDnsDialect(true);
    routes.put(
        new ServletPathSpec(FreeDnsDialect.PATH),
        new DialectHandler(_ -> dialect, updates, new Origins(clientAddress), exchanges));
  }
}
