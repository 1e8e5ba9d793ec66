package net.homeport.registry.zone;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import net.homeport.registry.host.HostRegistry;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Adds, lists and removes zones. Thread safe; blocks until a change is durable and visible. */
public final class ZoneRegistry {
  private final ZoneWriter writer;
  private final HostRegistry hosts;
  private final InstantSource clock;

  public ZoneRegistry(ZoneWriter writer, HostRegistry hosts, InstantSource clock) {
    this.writer = writer;
    this.hosts = hosts;
    this.clock = clock;
  }

  /** All zones in canonical order of their names. */
  public List<Zone> zones() {
    return writer.snapshot().zones().stream().sorted(Comparator.comparing(Zone::apex)).toList();
  }

  /** The zone of this name, or null. */
  public @Nullable Zone zone(Name name) {
    return writer.snapshot().zone(name);
  }

  /**
   * Adds a zone with a SOA and one NS record. Its first serial is the time in seconds, so that a
   * zone removed and added again goes on with a greater serial.
   *
   * @param nameServer name of the primary name server
   */
  public ZoneAddition add(Name name, Name nameServer, Attribution actor) {
    long serial = clock.instant().getEpochSecond() & 0xFFFF_FFFFL;
    return add(ZoneText.minimal(writer.snapshot(), name, nameServer, serial), actor);
  }

  /**
   * Adds a zone with the static records of a master file, all or none.
   *
   * @param text master-file text (RFC 1035 5.1)
   */
  public ZoneAddition addText(Name name, String text, Attribution actor) {
    ZoneSnapshot snapshot = writer.snapshot();
    if (snapshot.zone(name) != null) {
      return new ZoneAddition.AlreadyThere(name);
    }
    try {
      return add(ZoneText.parse(snapshot, name, text), actor);
    } catch (ZoneTextException e) {
      return new ZoneAddition.BadText(String.valueOf(e.getMessage()));
    }
  }

  private ZoneAddition add(Zone zone, Attribution actor) {
    return switch (writer.create(new ZoneChange.Created(zone, actor)).join()) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> new ZoneAddition.Added(zone);
      case CommitResult.Refused _ -> new ZoneAddition.AlreadyThere(zone.apex());
      case CommitResult.Failed failed -> new ZoneAddition.Failed(failed.incident());
      case CommitResult.Overloaded _ -> new ZoneAddition.Failed("too many updates are waiting");
    };
  }

  /** Removes a zone in which no host lives. */
  public ZoneRemoval remove(Name name, Attribution actor) {
    int living = (int) hosts.hosts().stream().filter(host -> host.zone().equals(name)).count();
    if (living > 0) {
      return new ZoneRemoval.HasHosts(name, living);
    }
    return switch (writer.remove(new ZoneChange.Removed(name, actor)).join()) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> new ZoneRemoval.Removed(name);
      case CommitResult.Refused _ -> new ZoneRemoval.NoSuchZone(name);
      case CommitResult.Failed failed -> new ZoneRemoval.Failed(failed.incident());
      case CommitResult.Overloaded _ -> new ZoneRemoval.Failed("too many updates are waiting");
    };
  }
}
