package net.homeport.web.freedns;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Authenticator;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.host.HostGrants;
import net.homeport.web.dialect.DoorReply;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.exchange.RequestText;
import net.homeport.web.http.Answers;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.xbill.DNS.Type;

/**
 * {@code /api/?action=getdyndns&v=2&sha=DIGEST}: the hosts of a login, a line for each and for each
 * family, {@code HOST|ADDRESS|UPDATE-URL}, as inadyn and ddclient read them. Changes nothing.
 */
public final class FreeDnsListing extends Handler.Abstract {
  /** Where clients look for it. */
  public static final List<String> PATHS = List.of("/api", "/api/");

  /** For a family of which a host has no address: clients leave out lines with an empty one. */
  private static final String NO_IPV4 = "0.0.0.0";

  private static final String NO_IPV6 = "::";

  /** Of how many hosts it is kept that they were listed. */
  private static final int TOLD_MAX = 20;

  private static final String DOOR = "freedns";

  private final Authenticator authenticator;
  private final HostGrants grants;
  private final Supplier<ZoneSnapshot> zones;
  private final ClientAddress clientAddress;
  private final Origins origins;
  private final ExchangeLog exchanges;
  private final RejectedAttempts rejected;
  private final InstantSource clock;

  /**
   * @param zones where present addresses are read
   * @param clientAddress whose word counts that a request came within TLS
   * @param exchanges keeps what was said
   * @param rejected keeps logins that are none
   */
  public FreeDnsListing(
      Authenticator authenticator,
      HostGrants grants,
      Supplier<ZoneSnapshot> zones,
      ClientAddress clientAddress,
      ExchangeLog exchanges,
      RejectedAttempts rejected,
      InstantSource clock) {
    this.authenticator = authenticator;
    this.grants = grants;
    this.zones = zones;
    this.clientAddress = clientAddress;
    this.origins = new Origins(clientAddress);
    this.exchanges = exchanges;
    this.rejected = rejected;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!HttpMethod.GET.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET");
      return send(response, callback, error(HttpStatus.METHOD_NOT_ALLOWED_405, "GET only"));
    }
    Fields parameters;
    try {
      parameters = Request.extractQueryParameters(request);
    } catch (RuntimeException _) {
      // Octets that are no parameters.
      return send(response, callback, error(HttpStatus.BAD_REQUEST_400, "Unreadable request"));
    }
    if (!"getdyndns".equals(parameters.getValue("action"))) {
      return send(response, callback, error(HttpStatus.BAD_REQUEST_400, "Unknown action"));
    }
    String digest = parameters.getValue("sha");
    return send(response, callback, reply(digest == null ? "" : digest, request));
  }

  private DoorReply reply(String digest, Request request) {
    RequestOrigin origin = origins.of(request, DOOR);
    return switch (authenticator.authenticate(new Presented.Hashed(digest), origin)) {
      case Authentication.Unproven unproven -> {
        rejected.record(
            new RejectedAttempt(
                "",
                DOOR,
                origin.source(),
                List.of(),
                "the list of its hosts",
                unproven.why(),
                clock.instant()));
        yield error(HttpStatus.UNAUTHORIZED_401, "Could not authenticate");
      }
      case Authentication.Postponed postponed -> DoorReply.later(postponed.retryAfter());
      case Authentication.Proven proven -> {
        List<Host> hosts = grants.hosts(proven.credential(), null);
        var list =
            new DoorReply(HttpStatus.OK_200, list(hosts, proven.credential(), digest, request));
        exchanges.record(
            hosts.stream().limit(TOLD_MAX).toList(),
            new ExchangeLog.Said(
                origin,
                RequestText.of(request, Fields.EMPTY, Set.of(digest)),
                list.status(),
                "%d hosts, each with its update URL\n".formatted(hosts.size()),
                List.of()));
        yield list;
      }
    };
  }

  private String list(List<Host> hosts, Credential credential, String digest, Request request) {
    var text = new StringBuilder();
    ZoneSnapshot snapshot = zones.get();
    String base = base(request) + FreeDnsDialect.PATH + "?";
    for (Host host : hosts) {
      String name = host.name().toString(true);
      String url = base + new FreeDnsLogin(digest, name).text();
      for (int type : new int[] {Type.A, Type.AAAA}) {
        if (grants.mayChange(credential, type)) {
          List<InetAddress> present = HostAddresses.of(snapshot, host, type);
          String address =
              present.isEmpty()
                  ? type == Type.A ? NO_IPV4 : NO_IPV6
                  : AddressText.of(present.getFirst());
          text.append(name).append('|').append(address).append('|').append(url).append('\n');
        }
      }
    }
    return text.toString();
  }

  /** The address of this server as the client called it. */
  private String base(Request request) {
    boolean secure =
        request.isSecure()
            || (clientAddress.isFromHereOrProxy(request)
                && "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto")));
    int port = Request.getServerPort(request);
    boolean usual = port <= 0 || port == (secure ? 443 : 80) || (secure && port == 80);
    return "%s://%s%s"
        .formatted(
            secure ? "https" : "http", Request.getServerName(request), usual ? "" : ":" + port);
  }

  private static DoorReply error(int status, String words) {
    return new DoorReply(status, "ERROR: " + words + ".\n");
  }

  private static boolean send(Response response, Callback callback, DoorReply reply) {
    if (reply.status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response
          .getHeaders()
          .put(HttpHeader.RETRY_AFTER, Math.max(1, reply.retryAfter().toSeconds()));
    }
    return Answers.send(response, callback, reply.status(), "text/plain", reply.body());
  }
}
