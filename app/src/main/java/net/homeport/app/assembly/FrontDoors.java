package net.homeport.app.assembly;

import java.util.HashMap;
import java.util.Map;
import net.homeport.registry.challenge.ChallengeRequests;
import net.homeport.web.DevicePaths;
import net.homeport.web.acmedns.AcmeDnsHandler;
import net.homeport.web.cloudflare.CloudflareHandler;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;

/** The paths at which devices change their addresses and ask for them, each with its handler. */
final class FrontDoors {
  private FrontDoors() {}

  static Map<PathSpec, Handler> routes(HostDesk desk, ClientAddress clientAddress) {
    var challengeRequests =
        new ChallengeRequests(
            desk.stages().authenticator(),
            desk.updates(),
            desk.credentials().grants(),
            desk.challenges());
    Map<PathSpec, Handler> routes =
        new HashMap<>(
            DevicePaths.routes(
                desk.updates(), challengeRequests, desk.zones(), clientAddress, desk.exchanges()));
    routes.put(
        new ServletPathSpec(AcmeDnsHandler.PREFIX + "/*"),
        new AcmeDnsHandler(
            desk.challenges(),
            desk.registry(),
            desk.stages().authenticator(),
            desk.credentials().grants(),
            new Origins(clientAddress),
            desk.exchanges()));
    routes.put(
        new ServletPathSpec(CloudflareHandler.PREFIX + "/*"),
        new CloudflareHandler(
            desk.stages().authenticator(),
            desk.registry(),
            desk.credentials().grants(),
            desk.updates(),
            desk.challenges(),
            challengeRequests,
            desk.zones(),
            desk.credentials().hasher(),
            new Origins(clientAddress),
            desk.exchanges()));
    return routes;
  }
}
