package net.homeport.app.assembly;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.homeport.nameserver.notify.Notifier;
import net.homeport.nameserver.notify.NotifyStatus;
import net.homeport.nameserver.notify.NotifyTarget;
import net.homeport.nameserver.notify.NotifyTiming;
import net.homeport.nameserver.transfer.FinishedTransfer;
import net.homeport.nameserver.transfer.ZoneTransfers;
import net.homeport.nameserver.tsig.TsigKeys;
import net.homeport.nameserver.tsig.TsigVerifier;
import net.homeport.registry.peer.Secondary;
import net.homeport.registry.peer.SecondaryRegistry;
import net.homeport.registry.peer.SecondaryStatus;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.ChangeLog;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Secondaries, joined: as the registry keeps them, as zones go to them, as they are told. */
final class Secondaries implements AutoCloseable {
  private final SecondaryRegistry registry;
  private final ZoneTransfers transfers;
  private final Notifier notifier;
  private final Map<Taken, FinishedTransfer> last = new ConcurrentHashMap<>();

  /** Bounded by the secondaries and the zones they may have. */
  private record Taken(String secondary, Name zone) {}

  Secondaries(
      SecondaryRegistry registry,
      Supplier<ZoneSnapshot> zones,
      ChangeLog changes,
      TsigKeys keys,
      List<InetAddress> notifySources,
      RandomGenerator random,
      InstantSource clock) {
    this.registry = registry;
    this.transfers =
        new ZoneTransfers(
            zones,
            changes,
            registry::mayTransfer,
            new TsigVerifier(keys, clock),
            this::finished,
            clock);
    this.notifier =
        new Notifier(
            zones,
            zone -> registry.toNotify(zone).stream().map(Secondaries::target).toList(),
            keys,
            notifySources,
            NotifyTiming.DEFAULTS,
            random,
            clock);
    registry.onChange(secondary -> changed(secondary, zones.get()));
  }

  private static NotifyTarget target(Secondary secondary) {
    return new NotifyTarget(secondary.address(), secondary.key());
  }

  private void finished(FinishedTransfer transfer) {
    if (transfer.kind() == FinishedTransfer.Kind.UP_TO_DATE) {
      return;
    }
    for (Secondary secondary : registry.secondaries()) {
      if (secondary.has(transfer.zone()) && secondary.admits(transfer.requestor())) {
        last.put(new Taken(secondary.name(), transfer.zone()), transfer);
      }
    }
  }

  private void changed(Secondary secondary, ZoneSnapshot zones) {
    boolean isThere = registry.secondary(secondary.name()) != null;
    if (isThere) {
      notifier.changed(zones.zones().stream().map(Zone::apex).filter(secondary::has).toList());
      return;
    }
    last.keySet().removeIf(taken -> taken.secondary().equals(secondary.name()));
    NotifyTarget target = target(secondary);
    boolean isTargetStill =
        registry.secondaries().stream().anyMatch(other -> target(other).equals(target));
    if (!isTargetStill) {
      notifier.forget(List.of(target));
    }
  }

  /** Answers those who ask for zones. */
  ZoneTransfers transfers() {
    return transfers;
  }

  /** Tells of a commit. Quick; does not wait. */
  void committed(List<ZoneChange> changes) {
    for (ZoneChange change : changes) {
      if (change instanceof ZoneChange.Removed removed) {
        last.keySet().removeIf(taken -> taken.zone().equals(removed.zone()));
      }
    }
    notifier.changed(
        changes.stream()
            .filter(change -> !(change instanceof ZoneChange.Leased))
            .map(ZoneChange::zone)
            .distinct()
            .toList());
  }

  /** Tells of all zones, at the start. */
  void tellAll() {
    notifier.tellAll();
  }

  /** What this secondary knows of this zone. */
  SecondaryStatus status(Secondary secondary, Name zone) {
    NotifyStatus told = notifier.status(target(secondary), zone);
    @Nullable FinishedTransfer taken = last.get(new Taken(secondary.name(), zone));
    return new SecondaryStatus(
        told.acknowledged(),
        secondary.notified() ? (told.waiting() ? "being told" : told.result()) : "not to be told",
        told.at(),
        taken == null ? null : taken.serial(),
        taken == null ? null : kind(taken),
        taken == null ? null : taken.at());
  }

  private static String kind(FinishedTransfer transfer) {
    return transfer.kind() == FinishedTransfer.Kind.IXFR ? "IXFR" : "AXFR";
  }

  @Override
  public void close() {
    notifier.close();
  }
}
