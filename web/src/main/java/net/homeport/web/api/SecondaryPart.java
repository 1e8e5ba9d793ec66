package net.homeport.web.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.homeport.registry.secondary.MirrorAddition;
import net.homeport.registry.secondary.MirrorStatus;
import net.homeport.registry.secondary.MirroredZone;
import net.homeport.registry.secondary.MirroredZone.PrimaryTls;
import net.homeport.registry.secondary.MirroredZones;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.web.api.ApiModel.NewSecondary;
import net.homeport.web.api.ApiModel.SecondaryView;
import net.homeport.web.api.ApiModel.ZoneView;
import net.homeport.zone.Zone;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Of {@code /api/v1/zones}, what is about zones of which other servers are the primaries. */
final class SecondaryPart {
  /** How long a request waits for the primaries; what is asked goes on after it. */
  private static final int WAIT_SECONDS_MAX = 30;

  private static final int DNS = 53;
  private static final int DNS_OVER_TLS = 853;
  private static final int PORT_MAX = 65_535;

  private final ZoneRegistry registry;
  private final MirroredZones mirrored;

  SecondaryPart(ZoneRegistry registry, MirroredZones mirrored) {
    this.registry = registry;
    this.mirrored = mirrored;
  }

  /** All zones, and copies of which nothing has come yet. */
  List<ZoneView> all() {
    Set<Name> names = new HashSet<>();
    registry.zones().forEach(zone -> names.add(zone.apex()));
    mirrored.zones().forEach(zone -> names.add(zone.zone()));
    return names.stream().sorted().map(this::view).filter(Objects::nonNull).toList();
  }

  /** A zone, or a copy of which nothing has come yet; null if there is none. */
  @Nullable ZoneView view(Name name) {
    Zone zone = registry.zone(name);
    if (zone != null) {
      return view(zone);
    }
    MirroredZone copy = mirrored.zone(name);
    return copy == null
        ? null
        : new ZoneView(ApiNames.text(name), 0, 0, "secondary", serialPolicy(name), view(copy));
  }

  ZoneView view(Zone zone) {
    MirroredZone copy = mirrored.zone(zone.apex());
    return new ZoneView(
        ApiNames.text(zone.apex()),
        zone.serial(),
        zone.nameCount(),
        copy == null ? "primary" : "secondary",
        serialPolicy(zone.apex()),
        copy == null ? null : view(copy));
  }

  private String serialPolicy(Name zone) {
    return registry.serialPolicy(zone).name().toLowerCase(Locale.ROOT);
  }

  private SecondaryView view(MirroredZone zone) {
    MirrorStatus status = mirrored.status(zone.zone());
    Name key = zone.key();
    return new SecondaryView(
        zone.primaries().stream().map(SecondaryPart::text).toList(),
        key == null ? null : ApiNames.text(key),
        zone.tls() != null,
        text(zone.tls()),
        text(zone.lastChecked()),
        text(zone.lastTransferred()),
        status == null ? null : text(status.nextCheck()),
        status == null ? null : status.lastError(),
        status != null && status.expired());
  }

  private static @Nullable String text(@Nullable PrimaryTls tls) {
    if (tls == null) {
      return null;
    }
    var parts = new ArrayList<String>();
    if (tls.name() != null) {
      parts.add("the name " + tls.name());
    } else if (tls.authorities() != null) {
      parts.add("its address");
    }
    if (tls.authorities() != null) {
      parts.add("authorities of its own");
    } else if (tls.name() != null && tls.pin() == null) {
      parts.add("authorities of the system");
    }
    if (tls.pin() != null) {
      parts.add("the pin " + tls.pin());
    }
    return parts.isEmpty() ? "any certificate" : String.join(", ", parts);
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  private static @Nullable String text(@Nullable Instant at) {
    // What runs at present has no next time yet.
    return at == null || at.equals(Instant.MAX) ? null : at.toString();
  }

  ApiResult add(String text, NewSecondary wanted) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      return ApiNames.notAName(text);
    }
    String keyText = wanted.key();
    Name key = keyText == null ? null : ApiNames.parse(keyText);
    if (keyText != null && key == null) {
      return ApiNames.notAName(keyText);
    }
    boolean tls =
        Boolean.TRUE.equals(wanted.tls())
            || wanted.tlsName() != null
            || wanted.tlsPin() != null
            || wanted.tlsAuthorities() != null;
    List<InetSocketAddress> primaries = new ArrayList<>();
    List<String> given = wanted.primaries();
    for (String primary : given == null ? List.<String>of() : given) {
      InetSocketAddress address = address(primary, tls ? DNS_OVER_TLS : DNS);
      if (address == null) {
        return ApiResult.problem(
            HttpStatus.BAD_REQUEST_400,
            "not a primary",
            "'%s' is not a primary's address; write ADDRESS or ADDRESS:PORT, such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53"
                .formatted(primary));
      }
      primaries.add(address);
    }
    return switch (mirrored.add(
        new MirroredZone(
            name,
            primaries,
            key,
            tls ? new PrimaryTls(wanted.tlsName(), wanted.tlsPin(), wanted.tlsAuthorities()) : null,
            null,
            null))) {
      case MirrorAddition.Added _ -> checked(name, false, HttpStatus.CREATED_201);
      case MirrorAddition.AlreadyThere _ ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the zone exists",
              "this server has the zone '%s' already".formatted(ApiNames.text(name)));
      case MirrorAddition.Refused refused ->
          ApiResult.problem(
              HttpStatus.BAD_REQUEST_400, "the zone cannot be mirrored", refused.why());
    };
  }

  private static @Nullable InetSocketAddress address(String text, int defaultPort) {
    String host = text.strip();
    int port = defaultPort;
    int colon = host.lastIndexOf(':');
    boolean bracketed = host.startsWith("[");
    try {
      if (colon > 0 && (bracketed ? host.charAt(colon - 1) == ']' : host.indexOf(':') == colon)) {
        port = Integer.parseInt(host.substring(colon + 1));
        host = host.substring(0, colon);
      }
      if (bracketed && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      return port < 1 || port > PORT_MAX
          ? null
          : new InetSocketAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** Asks the primaries, and tells how it stands afterwards. */
  ApiResult check(String text, boolean all) {
    Name name = ApiNames.parse(text);
    if (name == null || (registry.zone(name) == null && mirrored.zone(name) == null)) {
      return ZoneResource.noSuchZone(text);
    }
    if (mirrored.zone(name) == null) {
      return ApiResult.problem(
          HttpStatus.CONFLICT_409,
          "not a copy",
          "this server is the primary of '%s': there is nowhere to take it from".formatted(text));
    }
    return checked(name, all, HttpStatus.OK_200);
  }

  private ApiResult checked(Name name, boolean all, int status) {
    CompletableFuture<MirrorStatus> check = mirrored.check(name, all);
    try {
      if (check != null) {
        var _ = check.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      }
    } catch (TimeoutException _) {
      // It goes on; what is told is how it stands now.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    ZoneView view = view(name);
    return view == null
        ? ZoneResource.noSuchZone(ApiNames.text(name))
        : new ApiResult(status, view);
  }
}
