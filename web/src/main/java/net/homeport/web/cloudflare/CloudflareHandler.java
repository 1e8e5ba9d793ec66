package net.homeport.web.cloudflare;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import net.homeport.registry.challenge.ChallengeRequests;
import net.homeport.registry.challenge.Challenges;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Authenticator;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.update.HostUpdates;
import net.homeport.web.cloudflare.CloudflareChanges.Changed;
import net.homeport.web.cloudflare.CloudflareModel.TokenView;
import net.homeport.web.cloudflare.CloudflareModel.Wanted;
import net.homeport.web.cloudflare.CloudflareRecords.Entry;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.exchange.RequestText;
import net.homeport.web.http.Answers;
import net.homeport.web.http.Origins;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Type;

/**
 * {@code /client/v4/}: tokens, zones and records, as far as the token of a credential goes. What is
 * changed goes the way of all other doors.
 */
public final class CloudflareHandler extends Handler.Abstract {
  /** Where this door stands; clients take it as their server's URL, as a rule with {@code v4}. */
  public static final String PREFIX = "/client/v4";

  private static final Logger LOG = LoggerFactory.getLogger(CloudflareHandler.class);
  private static final String FRONT_DOOR = "cloudflare";
  private static final int PER_PAGE = 100;
  private static final int PER_PAGE_MAX = 5_000;

  private final Authenticator authenticator;
  private final CloudflareRecords records;
  private final CloudflareViews views;
  private final CloudflareChanges changes;
  private final Origins origins;
  private final ExchangeLog exchanges;
  private final Jsonb json = Jsonb.instance();

  /**
   * @param zones where present addresses are read
   * @param hasher makes the numbers of zones and records
   */
  public CloudflareHandler(
      Authenticator authenticator,
      HostRegistry hosts,
      HostGrants grants,
      HostUpdates updates,
      Challenges challenges,
      ChallengeRequests challengeRequests,
      Supplier<ZoneSnapshot> zones,
      SecretHasher hasher,
      Origins origins,
      ExchangeLog exchanges) {
    this.authenticator = authenticator;
    this.records = new CloudflareRecords(hosts, grants, challenges, zones, hasher);
    this.views = new CloudflareViews(records, zones);
    this.changes = new CloudflareChanges(updates, challengeRequests, records, views);
    this.origins = origins;
    this.exchanges = exchanges;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    RequestOrigin origin = origins.of(request, FRONT_DOOR);
    Changed answer;
    try {
      answer = answer(request, origin);
    } catch (JsonException | IOException e) {
      LOG.debug("an unreadable request to {}: {}", PREFIX, e.toString());
      answer =
          new Changed(
              CloudflareReply.no(HttpStatus.BAD_REQUEST_400, 9207, "Request body is invalid."),
              List.of());
    } catch (RegistryStoreException e) {
      LOG.error("a request to {} failed: {}", PREFIX, e.getMessage());
      answer = new Changed(CloudflareReply.later(), List.of());
    } catch (RuntimeException e) {
      LOG.error("a request to {} failed: a defect of Homeport", PREFIX, e);
      answer = new Changed(CloudflareReply.later(), List.of());
    }
    CloudflareReply reply = answer.reply();
    if (!answer.hosts().isEmpty()) {
      Set<String> secrets = RequestText.secrets(request, null);
      exchanges.record(
          answer.hosts(),
          new ExchangeLog.Said(
                  origin,
                  RequestText.of(request, Fields.EMPTY, secrets),
                  reply.status(),
                  reply.body(),
                  List.of())
              .without(secrets));
    }
    if (reply.retryAfter() != null) {
      response
          .getHeaders()
          .put(HttpHeader.RETRY_AFTER, Math.max(1, reply.retryAfter().toSeconds()));
    }
    return Answers.send(response, callback, reply.status(), "application/json", reply.body());
  }

  private Changed answer(Request request, RequestOrigin origin) throws IOException {
    Presented presented = CloudflareRequest.presented(request);
    String body = CloudflareRequest.body(request);
    if (presented == null) {
      return only(
          CloudflareReply.no(
              HttpStatus.BAD_REQUEST_400,
              9106,
              "Missing X-Auth-Key, X-Auth-Email or Authorization headers"));
    }
    Fields parameters = CloudflareRequest.parameters(request);
    List<String> steps = CloudflareRequest.steps(request);
    return switch (authenticator.authenticate(presented, origin)) {
      case Authentication.Unproven _ ->
          only(
              steps.equals(List.of("user", "tokens", "verify"))
                  ? CloudflareReply.no(HttpStatus.UNAUTHORIZED_401, 1000, "Invalid API Token")
                  : CloudflareReply.unauthorized());
      case Authentication.Postponed postponed ->
          only(CloudflareReply.later(postponed.retryAfter()));
      case Authentication.Proven proven ->
          route(
              new CloudflareRequest(
                  request.getMethod(),
                  steps,
                  parameters,
                  body,
                  presented,
                  origin,
                  proven.credential()));
    };
  }

  private static Changed only(CloudflareReply reply) {
    return new Changed(reply, List.of());
  }

  private Changed route(CloudflareRequest asked) {
    List<String> steps = asked.steps();
    String first = steps.isEmpty() ? "" : steps.getFirst();
    if (first.equals("user") && asked.is("GET", 3) && steps.get(1).equals("tokens")) {
      return only(CloudflareReply.of(new TokenView(records.tokenId(asked.credential()), "active")));
    }
    if (!first.equals("zones") || (steps.size() > 2 && !steps.get(2).equals("dns_records"))) {
      return only(CloudflareReply.no(HttpStatus.NOT_FOUND_404, 7000, "No route for that URI"));
    }
    if (asked.is("GET", 1)) {
      return only(zones(asked));
    }
    if (asked.is("GET", 2)) {
      return only(zone(asked));
    }
    if (asked.is("GET", 3)) {
      return only(records(asked));
    }
    if (asked.is("POST", 3)) {
      return create(asked);
    }
    if (steps.size() == 4) {
      return one(asked);
    }
    return only(CloudflareReply.no(HttpStatus.METHOD_NOT_ALLOWED_405, 10405, "Method not allowed"));
  }

  private CloudflareReply zones(CloudflareRequest asked) {
    String name = asked.parameter("name").toLowerCase(Locale.ROOT);
    return CloudflareReply.of(
        records.zones(asked.credential()).stream()
            .filter(
                apex -> name.isEmpty() || apex.toString(true).toLowerCase(Locale.ROOT).equals(name))
            .map(views::zone)
            .toList(),
        asked.number("page", 1, Integer.MAX_VALUE),
        asked.number("per_page", PER_PAGE, PER_PAGE_MAX));
  }

  private CloudflareReply zone(CloudflareRequest asked) {
    return records.zones(asked.credential()).stream()
        .filter(apex -> records.zoneId(apex).equals(asked.steps().get(1)))
        .findFirst()
        .map(apex -> CloudflareReply.of(views.zone(apex)))
        .orElseGet(() -> noSuchZone(asked));
  }

  private static CloudflareReply noSuchZone(CloudflareRequest asked) {
    return CloudflareReply.no(
        HttpStatus.NOT_FOUND_404,
        7003,
        "Could not route to /zones/%s, perhaps your object identifier is invalid?"
            .formatted(asked.steps().get(1).replaceAll("[^0-9A-Za-z-]", "?")));
  }

  private CloudflareReply records(CloudflareRequest asked) {
    String zoneId = asked.steps().get(1);
    String name = asked.parameter("name");
    int type = Type.value(asked.parameter("type").toUpperCase(Locale.ROOT));
    var found = new ArrayList<Entry>();
    if (name.isEmpty()) {
      List<Host> hosts = records.hosts(asked.credential(), zoneId);
      if (hosts.isEmpty()) {
        return noSuchZone(asked);
      }
      hosts.forEach(host -> found.addAll(records.of(host)));
    } else {
      Host host = records.host(name, asked.credential());
      boolean isChallenge = CloudflareRecords.isChallenge(name);
      if (host != null && records.zoneId(host.zone()).equals(zoneId)) {
        records.of(host).stream()
            .filter(entry -> (entry.type() == Type.TXT) == isChallenge)
            .forEach(found::add);
        boolean isAddress = type == Type.A || type == Type.AAAA;
        if (isAddress && !isChallenge && found.stream().noneMatch(one -> one.type() == type)) {
          found.add(records.vacant(host, type));
        }
        found.forEach(records::remember);
      }
    }
    String content = asked.parameter("content");
    if (type > 0) {
      found.removeIf(entry -> entry.type() != type);
    }
    if (!content.isEmpty()) {
      found.removeIf(entry -> !entry.content().equals(CloudflareChanges.unquoted(content)));
    }
    return CloudflareReply.of(
        CloudflareRecords.sorted(found).stream().map(views::record).toList(),
        asked.number("page", 1, Integer.MAX_VALUE),
        asked.number("per_page", PER_PAGE, PER_PAGE_MAX));
  }

  private Wanted wanted(CloudflareRequest asked) {
    Wanted wanted = json.type(Wanted.class).fromJson(asked.body());
    return wanted == null ? new Wanted(null, null, null) : wanted;
  }

  private Changed create(CloudflareRequest asked) {
    Wanted wanted = wanted(asked);
    String name = wanted.name() == null ? "" : wanted.name();
    String content = wanted.content() == null ? "" : wanted.content();
    int type = wanted.type() == null ? 0 : Type.value(wanted.type().toUpperCase(Locale.ROOT));
    Host host = records.host(name, asked.credential());
    if (host == null || !records.zoneId(host.zone()).equals(asked.steps().get(1))) {
      return only(
          CloudflareReply.no(
              HttpStatus.FORBIDDEN_403,
              10000,
              "'%s' is no host of this credential in this zone; 'homeport host add' makes hosts"
                  .formatted(name)));
    }
    boolean isChallenge = CloudflareRecords.isChallenge(name);
    if (type == Type.TXT && isChallenge) {
      return changes.answer(asked.presented(), asked.origin(), host, content);
    }
    InetAddress address = CloudflareChanges.address(content, type);
    if (isChallenge || address == null) {
      return only(CloudflareChanges.notOurs(type, isChallenge));
    }
    return changes.publish(
        asked.presented(), asked.origin(), host, type, List.of(address), address);
  }

  private Changed one(CloudflareRequest asked) {
    Entry entry = records.find(asked.steps().get(1), asked.steps().get(3), asked.credential());
    if (entry == null) {
      return only(CloudflareReply.noSuchRecord());
    }
    return switch (asked.method()) {
      case "GET" -> only(CloudflareReply.of(views.record(entry)));
      case "DELETE" -> changes.delete(asked.presented(), asked.origin(), entry);
      case "PUT", "PATCH" -> change(asked, entry);
      default ->
          only(CloudflareReply.no(HttpStatus.METHOD_NOT_ALLOWED_405, 10405, "Method not allowed"));
    };
  }

  private Changed change(CloudflareRequest asked, Entry entry) {
    Wanted wanted = wanted(asked);
    boolean same =
        (wanted.type() == null || wanted.type().equalsIgnoreCase(Type.string(entry.type())))
            && (wanted.name() == null
                || (wanted.name() + ".").equalsIgnoreCase(entry.owner().toString())
                || wanted.name().equalsIgnoreCase(entry.owner().toString()));
    if (!same) {
      return only(
          CloudflareReply.invalid(
              "name and type of a record stay; delete it and create another one"));
    }
    String content = wanted.content();
    if (content == null) {
      return only(CloudflareReply.of(views.record(entry)));
    }
    if (entry.type() == Type.TXT) {
      return changes.replace(asked.presented(), asked.origin(), entry, content);
    }
    InetAddress address = CloudflareChanges.address(content, entry.type());
    if (address == null) {
      return only(CloudflareChanges.notOurs(entry.type(), false));
    }
    var addresses = new ArrayList<InetAddress>();
    for (Entry one : records.of(entry.host())) {
      InetAddress present =
          one.type() != entry.type() || one.id().equals(entry.id())
              ? null
              : AddressText.parse(one.content());
      if (present != null && !present.equals(address)) {
        addresses.add(present);
      }
    }
    addresses.add(address);
    return changes.publish(
        asked.presented(), asked.origin(), entry.host(), entry.type(), addresses, address);
  }
}
