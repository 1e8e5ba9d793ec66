package net.homeport.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import net.homeport.registry.challenge.ChallengeRequests;
import net.homeport.registry.update.HostUpdates;
import net.homeport.web.desec.DesecDialect;
import net.homeport.web.dialect.Dialect;
import net.homeport.web.dialect.DialectHandler;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.duckdns.DuckDnsDialect;
import net.homeport.web.dyndns2.DeletionDialect;
import net.homeport.web.dyndns2.Dyndns2Dialect;
import net.homeport.web.dynv6.Dynv6Dialect;
import net.homeport.web.echo.CheckIpHandler;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.freedns.FreeDnsDialect;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import net.homeport.zone.ZoneSnapshot;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;

/**
 * The paths at which devices change their addresses and ask for them, each with its handler; and
 * which dialect is meant where several share a path.
 */
/*
 *   /update              with `domains`, or with more steps: DuckDNS; else dyndns2
 *   /nic/update/HOST     dyndns2 of that host, if no parameter names one: what UniFi's gateways make of it
 *   /u/TOKEN             with a parameter for names of hosts: dyndns2; else FreeDNS
 *   dyndns2's paths      at a name that begins with `desec.`: deSEC, for devices that can only be
 *                        told the name of a server; what is not sent is deleted there, so a path
 *                        alone must never be able to mean it by mistake; not if it is signed,
 *                        for the name of the server is not
 */
public final class DevicePaths {
  private DevicePaths() {}

  /**
   * All routes.
   *
   * @param zones where present addresses are read
   * @param challenges answers challenges for dialects that set TXT records
   * @param exchanges keeps what was said
   */
  public static Map<PathSpec, Handler> routes(
      HostUpdates updates,
      ChallengeRequests challenges,
      Supplier<ZoneSnapshot> zones,
      ClientAddress clientAddress,
      ExchangeLog exchanges) {
    var origins = new Origins(clientAddress);
    var dyndns2 = new Dyndns2Dialect();
    var desec = new DesecDialect();
    var duckDns = new DuckDnsDialect(zones, challenges);
    var freeDns = new FreeDnsDialect();
    var deletion = new DeletionDialect();
    var dynv6 = new Dynv6Dialect();
    Function<DoorRequest, Dialect> dyndns2Family =
        request -> DesecDialect.speaks(request) ? desec : dyndns2;
    Map<List<String>, Function<DoorRequest, Dialect>> dialects =
        Map.of(
            List.of("/nic/update/*", "/v2/update/*", "/v3/update/*"),
            dyndns2Family,
            List.of("/update/*"),
            request -> DuckDnsDialect.speaks(request) ? duckDns : dyndns2Family.apply(request),
            List.of("/u/*"),
            request -> Dyndns2Dialect.speaks(request) ? dyndns2 : freeDns,
            List.of("/dynamic/update.php"),
            _ -> freeDns,
            List.of("/nic/delete"),
            _ -> deletion,
            List.of("/api/update"),
            _ -> dynv6,
            List.of("/desec/*"),
            _ -> desec);
    Map<PathSpec, Handler> routes = new HashMap<>();
    dialects.forEach((paths, dialect) -> {
      var handler = new DialectHandler(dialect, updates, origins, exchanges);
      paths.forEach(path -> routes.put(new ServletPathSpec(path), handler));
    });
    var checkIp = new CheckIpHandler(clientAddress);
    for (String path : List.of("/nic/checkip", "/checkip", "/myip")) {
      routes.put(new ServletPathSpec(path), checkIp);
    }
    return routes;
  }
}
