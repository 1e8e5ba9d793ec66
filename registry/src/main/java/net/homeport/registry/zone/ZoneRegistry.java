package net.homeport.registry.zone;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import net.homeport.zone.text.ZoneTextSource;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.UpdateResult;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneReplacement;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Adds, lists and removes zones. Thread safe; blocks until a change is durable and visible. */
public final class ZoneRegistry {
  private final ZoneWriter writer;
  private final HostRegistry hosts;
  private final ZoneRoles roles;
  private final SerialPolicies serials;
  private final InstantSource clock;

  /** As the other one, of a server that is the primary of all its zones. */
  public ZoneRegistry(ZoneWriter writer, HostRegistry hosts, InstantSource clock) {
    this(
        writer,
        hosts,
        ZoneRoles.ALL_PRIMARY,
        new SerialPolicies(SerialPolicyStore.NONE, clock),
        clock);
  }

  /**
   * @param roles asked before a zone is changed
   * @param serials what the writer takes serials from
   */
  public ZoneRegistry(
      ZoneWriter writer,
      HostRegistry hosts,
      ZoneRoles roles,
      SerialPolicies serials,
      InstantSource clock) {
    this.serials = serials;
    this.roles = roles;
    this.writer = writer;
    this.hosts = hosts;
    this.clock = clock;
  }

  /** The serial policy of a zone. */
  public SerialPolicy serialPolicy(Name zone) {
    return serials.of(zone);
  }

  /**
   * Sets the serial policy of a zone, for the changes from now on.
   *
   * @return why it cannot be set, and what to do; null if it was
   */
  public @Nullable String setSerialPolicy(Name zone, SerialPolicy policy) {
    String refusal = roles.refusal(zone);
    if (refusal == null) {
      serials.set(zone, policy);
    }
    return refusal;
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
    return addText(name, ZoneTextSource.of("zone file", text), actor);
  }

  /** As {@link #addText(Name, String, Attribution)}, from octets. */
  public ZoneAddition addText(Name name, ZoneTextSource source, Attribution actor) {
    ZoneSnapshot snapshot = writer.snapshot();
    if (snapshot.zone(name) != null) {
      return new ZoneAddition.AlreadyThere(name);
    }
    try {
      return add(ZoneText.parse(snapshot, name, source, _ -> {}), actor);
    } catch (ZoneTextException e) {
      return new ZoneAddition.BadText(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes the static records of a zone those of a zone file, all or none; hosts keep theirs.
   *
   * @param dryRun only tell what would change
   */
  public ZoneImport replace(Name name, ZoneTextSource source, boolean dryRun, Attribution actor) {
    ZoneSnapshot snapshot = writer.snapshot();
    Zone present = snapshot.zone(name);
    String refusal = roles.refusal(name);
    if (refusal != null) {
      return new ZoneImport.KeptOtherwise(name, refusal);
    }
    if (present == null) {
      return new ZoneImport.NoSuchZone(name);
    }
    Zone content;
    try {
      content = ZoneText.parse(snapshot, name, source, _ -> {});
    } catch (ZoneTextException e) {
      return new ZoneImport.BadText(String.valueOf(e.getMessage()));
    }
    var replacement = new ZoneReplacement(content, actor);
    UpdateResult foreseen = replacement.evaluate(present);
    if (replacement.summary().rrsets() > ZoneReplacement.CHANGES_MAX) {
      return new ZoneImport.TooMany(replacement.summary().rrsets());
    }
    Set<Name> inTheWay = new TreeSet<>(replacement.summary().inTheWay());
    hosts.hosts().stream()
        .filter(host -> host.zone().equals(name) && losesItsName(host, present, content))
        .forEach(host -> inTheWay.add(host.name()));
    if (!inTheWay.isEmpty()) {
      return new ZoneImport.HostsInTheWay(List.copyOf(inTheWay));
    }
    boolean unchanged = foreseen instanceof UpdateResult.Unchanged;
    if (dryRun || unchanged) {
      return new ZoneImport.Imported(name, present.serial(), replacement.summary(), !unchanged);
    }
    return switch (writer.replace(replacement).join()) {
      case CommitResult.Committed done ->
          new ZoneImport.Imported(name, done.serial(), replacement.summary(), true);
      case CommitResult.Unchanged done ->
          new ZoneImport.Imported(name, done.serial(), replacement.summary(), false);
      case CommitResult.Refused refused ->
          refused.why() == Refusal.NO_SUCH_ZONE
              ? new ZoneImport.NoSuchZone(name)
              : new ZoneImport.HostsInTheWay(List.copyOf(replacement.summary().inTheWay()));
      case CommitResult.Failed failed -> new ZoneImport.Failed(failed.incident());
      case CommitResult.Overloaded _ -> new ZoneImport.Failed("too many updates are waiting");
    };
  }

  /** Whether the content has static addresses or an alias where the host's device publishes. */
  private static boolean losesItsName(Host host, Zone present, Zone content) {
    return List.of(Type.A, Type.AAAA, Type.CNAME).stream()
        .anyMatch(type ->
            content.rrset(host.name(), type) != null && present.rrset(host.name(), type) == null);
  }

  private ZoneAddition add(Zone zone, Attribution actor) {
    if (roles.isSecondary(zone.apex())) {
      return new ZoneAddition.AlreadyThere(zone.apex());
    }
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
    boolean released = roles.release(name);
    return switch (writer.remove(new ZoneChange.Removed(name, actor)).join()) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> {
        // One of the same name that is added later begins anew.
        serials.set(name, SerialPolicy.INCREMENT);
        yield new ZoneRemoval.Removed(name);
      }
      // A copy of which nothing has come yet is gone with its entry.
      case CommitResult.Refused _ ->
          released ? new ZoneRemoval.Removed(name) : new ZoneRemoval.NoSuchZone(name);
      case CommitResult.Failed failed -> new ZoneRemoval.Failed(failed.incident());
      case CommitResult.Overloaded _ -> new ZoneRemoval.Failed("too many updates are waiting");
    };
  }
}
