package net.homeport.app.assembly;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.homeport.web.acmedns.AcmeDnsHandler;
import net.homeport.web.dyndns2.Dyndns2Handler;
import net.homeport.web.echo.CheckIpHandler;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;

/** The paths at which devices change their addresses and ask for them, each with its handler. */
final class FrontDoors {
  private FrontDoors() {}

  static Map<PathSpec, Handler> routes(HostDesk desk, ClientAddress clientAddress) {
    var origins = new Origins(clientAddress);
    Map<PathSpec, Handler> routes = new HashMap<>();
    var dyndns2 = new Dyndns2Handler(desk.updates(), origins);
    for (String path : List.of("/nic/update", "/v2/update", "/v3/update")) {
      routes.put(new ServletPathSpec(path), dyndns2);
    }
    var checkIp = new CheckIpHandler(clientAddress);
    routes.put(new ServletPathSpec("/nic/checkip"), checkIp);
    routes.put(new ServletPathSpec("/checkip"), checkIp);
    routes.put(
        new ServletPathSpec(AcmeDnsHandler.PREFIX + "/*"),
        new AcmeDnsHandler(
            desk.challenges(),
            desk.registry(),
            desk.stages().authenticator(),
            desk.stages().access(),
            origins));
    return routes;
  }
}
