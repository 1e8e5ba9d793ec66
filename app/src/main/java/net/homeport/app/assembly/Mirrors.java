package net.homeport.app.assembly;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import net.homeport.nameserver.notify.NotifyDoor;
import net.homeport.nameserver.secondary.Primary;
import net.homeport.nameserver.secondary.RefreshBounds;
import net.homeport.nameserver.secondary.Secondaries;
import net.homeport.nameserver.secondary.SecondarySettings;
import net.homeport.nameserver.secondary.SecondaryStatus;
import net.homeport.nameserver.tsig.TsigKeys;
import net.homeport.registry.secondary.MirrorKeeper;
import net.homeport.registry.secondary.MirrorStatus;
import net.homeport.registry.secondary.MirroredZone;
import net.homeport.registry.secondary.MirroredZones;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Mirrored zones, as the registry knows them and as the name server keeps them, joined. */
final class Mirrors implements MirrorKeeper, AutoCloseable {
  private final MirroredZones zones;
  private final Secondaries secondaries;

  private Mirrors(MirroredZones zones, Secondaries secondaries) {
    this.zones = zones;
    this.secondaries = secondaries;
  }

  /** Begins to keep them; when this returns, those that are too old answer SERVFAIL. */
  static Mirrors open(
      MirroredZones zones,
      ZoneWriter writer,
      TsigKeys keys,
      InstantSource clock,
      SecureRandom random) {
    var mirrors =
        new Mirrors(
            zones,
            new Secondaries(writer, keys, zones::heard, RefreshBounds.DEFAULTS, clock, random));
    zones.keepBy(mirrors);
    return mirrors;
  }

  /** Listens to primaries. */
  NotifyDoor notifies() {
    return secondaries::notified;
  }

  @Override
  public void keep(MirroredZone zone) {
    Primary.Security security = security(zone.tls());
    secondaries.add(
        new SecondarySettings(
            zone.zone(),
            zone.primaries().stream().map(each -> new Primary(each, security)).toList(),
            zone.key()),
        zone.lastChecked());
  }

  private static Primary.Security security(MirroredZone.@Nullable PrimaryTls tls) {
    return tls == null
        ? new Primary.Security.Clear()
        : new Primary.Security.Tls(tls.name(), tls.pin(), tls.authorities());
  }

  @Override
  public void release(Name zone) {
    secondaries.remove(zone);
  }

  @Override
  public @Nullable MirrorStatus status(Name zone) {
    SecondaryStatus status = secondaries.status(zone);
    return status == null ? null : view(status);
  }

  @Override
  public @Nullable CompletableFuture<MirrorStatus> check(Name zone, boolean all) {
    CompletableFuture<SecondaryStatus> check = secondaries.check(zone, all);
    return check == null ? null : check.thenApply(Mirrors::view);
  }

  private static MirrorStatus view(SecondaryStatus status) {
    return new MirrorStatus(status.nextCheck(), status.lastError(), status.expired());
  }

  @Override
  public void close() {
    secondaries.close();
    zones.flush();
  }
}
