package net.homeport.web.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.homeport.registry.catalog.Catalog;
import net.homeport.registry.catalog.Catalogs;
import net.homeport.registry.key.UpdateKey;
import net.homeport.registry.peer.Secondary;
import net.homeport.registry.peer.SecondaryChange;
import net.homeport.registry.peer.SecondaryRegistry;
import net.homeport.registry.peer.SecondaryStatus;
import net.homeport.registry.policy.SourceNetwork;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.web.api.ApiModel.RemovedView;
import net.homeport.web.api.SecondaryModel.NewSecondary;
import net.homeport.web.api.SecondaryModel.SecondaryCatalog;
import net.homeport.web.api.SecondaryModel.SecondaryList;
import net.homeport.web.api.SecondaryModel.SecondaryView;
import net.homeport.web.api.SecondaryModel.SecondaryZone;
import net.homeport.zone.Zone;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** {@code /api/v1/secondaries}. */
public final class SecondaryResource implements ApiResource {
  private static final int PORT_MAX = 65_535;

  private final SecondaryRegistry registry;
  private final SecondaryStatus.Reader statuses;
  private final ZoneRegistry zones;
  private final Catalogs catalogs;
  private final Function<Name, @Nullable UpdateKey> keys;

  public SecondaryResource(
      SecondaryRegistry registry,
      SecondaryStatus.Reader statuses,
      ZoneRegistry zones,
      Catalogs catalogs,
      Function<Name, @Nullable UpdateKey> keys) {
    this.registry = registry;
    this.statuses = statuses;
    this.zones = zones;
    this.catalogs = catalogs;
    this.keys = keys;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    String name = request.name();
    return switch (request.operation()) {
      case "GET secondaries" ->
          ApiResult.ok(new SecondaryList(registry.secondaries().stream().map(this::view).toList()));
      case "POST secondaries" -> add(request.body(NewSecondary.class), request.actor().at());
      case "GET secondaries/{name}" -> get(name);
      case "DELETE secondaries/{name}" -> result(registry.remove(name), true);
      default -> null;
    };
  }

  private ApiResult get(String name) {
    Secondary secondary = registry.secondary(name);
    return secondary == null ? noSuchSecondary(name) : ApiResult.ok(view(secondary));
  }

  private static ApiResult noSuchSecondary(String name) {
    return ApiResult.problem(
        HttpStatus.NOT_FOUND_404,
        "no such secondary",
        "there is no secondary '%s'; 'homeport secondary list' shows those there are"
            .formatted(name));
  }

  private ApiResult add(NewSecondary wanted, Instant now) {
    try {
      return result(registry.add(read(wanted, now)), false);
    } catch (IllegalArgumentException e) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "not as expected", String.valueOf(e.getMessage()));
    }
  }

  private Secondary read(NewSecondary wanted, Instant now) {
    String name = wanted.name();
    if (name == null) {
      throw new IllegalArgumentException("a secondary needs a 'name'");
    }
    String key = wanted.key();
    List<String> networks = wanted.transferFrom();
    return new Secondary(
        name,
        address(wanted.address()),
        key == null ? null : name(key),
        zones(wanted.zones()),
        Boolean.TRUE.equals(wanted.tlsOnly()),
        !Boolean.FALSE.equals(wanted.notified()),
        networks == null ? List.of() : networks.stream().map(SourceNetwork::parse).toList(),
        now);
  }

  private static Name name(String text) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      throw new IllegalArgumentException("'%s' is not a domain name".formatted(text));
    }
    return name;
  }

  private @Nullable Set<Name> zones(@Nullable List<String> texts) {
    if (texts == null) {
      return null;
    }
    var names = new HashSet<Name>();
    for (String text : texts) {
      Name name = name(text);
      if (zones.zone(name) == null) {
        throw new IllegalArgumentException(
            "this server has no zone '%s'; 'homeport zone list' shows those it has"
                .formatted(text));
      }
      names.add(name);
    }
    return names;
  }

  private static InetSocketAddress address(@Nullable String text) {
    String given = text == null ? "" : text.strip();
    boolean hasPort = given.matches("[^:]*:\\d+|\\[.*]:\\d+");
    int colon = hasPort ? given.lastIndexOf(':') : given.length();
    String host = given.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
    InetAddress address = AddressText.parse(host);
    int port = Secondary.DEFAULT_PORT;
    if (hasPort) {
      String digits = given.substring(colon + 1);
      port = digits.length() > 5 ? -1 : Integer.parseInt(digits);
    }
    if (address == null || address.isAnyLocalAddress() || port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "'%s' is not the address of a name server, such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53"
              .formatted(given));
    }
    return new InetSocketAddress(address, port);
  }

  private ApiResult result(SecondaryChange change, boolean isRemoval) {
    return switch (change) {
      case SecondaryChange.Done done ->
          isRemoval
              ? ApiResult.ok(new RemovedView(done.secondary().name()))
              : ApiResult.created(view(done.secondary()));
      case SecondaryChange.AlreadyThere there ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the secondary exists",
              "there is a secondary '%s' already; remove it first to change it"
                  .formatted(there.secondary().name()));
      case SecondaryChange.NoSuchSecondary none -> noSuchSecondary(none.name());
      case SecondaryChange.Refused refused ->
          ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not possible", refused.why());
    };
  }

  private SecondaryView view(Secondary secondary) {
    List<Name> names = secondary.sortedZones();
    Name key = secondary.key();
    UpdateKey known = key == null ? null : keys.apply(key);
    String algorithm =
        known != null && known.material() instanceof UpdateKey.Material.Shared shared
            ? shared.algorithm().text()
            : null;
    return new SecondaryView(
        secondary.name(),
        text(secondary.address()),
        key == null ? null : ApiNames.text(key),
        algorithm,
        names == null ? null : names.stream().map(ApiNames::text).toList(),
        secondary.tlsOnly(),
        secondary.notified(),
        secondary.transferFrom().stream().map(SourceNetwork::toString).toList(),
        secondary.createdAt().toString(),
        catalogs(secondary),
        zones.zones().stream()
            .filter(zone -> secondary.has(zone.apex()))
            .map(zone -> status(secondary, zone))
            .toList());
  }

  /** The catalogs that it may have, each with the zones that it lists. */
  private List<SecondaryCatalog> catalogs(Secondary secondary) {
    return catalogs.catalogs().stream()
        .map(Catalog::zone)
        .filter(secondary::has)
        .map(zone ->
            new SecondaryCatalog(
                ApiNames.text(zone), catalogs.members(zone).stream().map(ApiNames::text).toList()))
        .toList();
  }

  private SecondaryZone status(Secondary secondary, Zone zone) {
    SecondaryStatus status = statuses.status(secondary, zone.apex());
    return new SecondaryZone(
        ApiNames.text(zone.apex()),
        zone.serial(),
        status.acknowledged(),
        status.notifyResult(),
        text(status.notifiedAt()),
        status.transferred(),
        status.transferKind(),
        text(status.transferredAt()));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static String text(InetSocketAddress address) {
    String host = AddressText.of(address.getAddress());
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
