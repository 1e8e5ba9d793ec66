package net.homeport.nameserver.query;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.homeport.nameserver.cookie.CookieSecret;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.nameserver.query.Asker.Carrier;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.writer.UpdateDoor;

/** Askers of tests. */
final class Askers {
  /** By UDP. */
  static final Asker UDP = by(Carrier.UDP);

  /** By TCP. */
  static final Asker TCP = by(Carrier.TCP);

  /** The last 64 bits of their address as {@code ::ffff:192.0.2.7}. */
  static final long LOW = 0xFFFF_C000_0207L;

  /** The time it is. */
  static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  /** Makes the cookies of {@link #SETTINGS}. */
  static final ServerCookies COOKIES = new ServerCookies(List.of(new CookieSecret(1, 2)));

  /** A server that tells who it is. */
  static final NameServerSettings SETTINGS =
      new NameServerSettings(
          Optional.of("ns1.example"),
          Optional.of("Homeport"),
          true,
          Duration.ofSeconds(10),
          COOKIES,
          InstantSource.fixed(NOW));

  private Askers() {}

  static Asker by(Carrier carrier) {
    return new Asker(InetAddress.ofLiteral("192.0.2.7"), carrier);
  }

  /** No keys, and nobody may update anything. */
  static Requests requestsOfNobody(Supplier<ZoneSnapshot> zones, FullLane fullLane) {
    var doors =
        new RequestDoors(
            _ -> List.of(),
            _ -> List.of(),
            (_, _) ->
                CompletableFuture.completedFuture(new UpdateDoor.Decision.NotAllowed("nobody")));
    return new Requests(zones, fullLane, SETTINGS, DatagramTransfers.NONE, doors);
  }
}
