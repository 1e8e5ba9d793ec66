package net.homeport.registry.host;

import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.credential.Credential;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** Puts together what the registry, the zone and the history say of a host. Thread safe. */
public final class HostStatusReader {
  private final HostRegistry registry;
  private final Supplier<ZoneSnapshot> zones;
  private final ChangeHistory history;
  private final HostRemarks remarks;

  /** With nothing to be said of addresses. */
  public HostStatusReader(
      HostRegistry registry, Supplier<ZoneSnapshot> zones, ChangeHistory history) {
    this(registry, zones, history, (_, _) -> List.of());
  }

  public HostStatusReader(
      HostRegistry registry,
      Supplier<ZoneSnapshot> zones,
      ChangeHistory history,
      HostRemarks remarks) {
    this.remarks = remarks;
    this.registry = registry;
    this.zones = zones;
    this.history = history;
  }

  /** The present status of a host; may read the disk. */
  public HostStatus status(Host host) {
    Credential credential = registry.credentialOf(host);
    var addresses = new ArrayList<InetAddress>();
    ZoneSnapshot snapshot = zones.get();
    for (int type : new int[] {Type.A, Type.AAAA}) {
      addresses.addAll(HostAddresses.of(snapshot, host, type));
    }
    return new HostStatus(
        host,
        credential == null ? "" : credential.username(),
        addresses,
        lastChange(host, addresses.isEmpty()),
        remarks.of(host, addresses));
  }

  /**
   * Null as long as nobody changed it: who had the name before is no business of its owner. What is
   * published is its own all the same, though a clock that was set back says that it is older.
   */
  private @Nullable Attribution lastChange(Host host, boolean publishesNothing) {
    Attribution change = history.lastChange(host.zone(), host.name());
    // The journal keeps milliseconds.
    Instant since = host.createdAt().truncatedTo(ChronoUnit.MILLIS);
    return change == null || (publishesNothing && change.at().isBefore(since)) ? null : change;
  }
}
