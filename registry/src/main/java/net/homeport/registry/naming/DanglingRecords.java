package net.homeport.registry.naming;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.naming.DanglingRecord.State;
import net.homeport.zone.LookupResult;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.Type;

/**
 * Finds records that point at names which nobody holds: the way in which names are taken over.
 * Reads the whole of a zone, so it is for a person who asks, not for each request. Thread safe.
 */
public final class DanglingRecords {
  /** Most that are found at once, of each zone. */
  public static final int FOUND_MAX = 10_000;

  private static final int ALIASES_MAX = 16;

  private final Supplier<ZoneSnapshot> zones;
  private final HostRegistry hosts;
  private final Quarantine quarantine;

  public DanglingRecords(Supplier<ZoneSnapshot> zones, HostRegistry hosts, Quarantine quarantine) {
    this.zones = zones;
    this.hosts = hosts;
    this.quarantine = quarantine;
  }

  /** Whether there is a zone of this apex. */
  public boolean knows(Name zone) {
    return zones.get().zone(zone) != null;
  }

  /**
   * Those of one zone, or of all.
   *
   * @param only apex of the zone; null for all
   * @return in the order of zones and owners; those whose targets others answer for as well
   */
  public List<DanglingRecord> find(@Nullable Name only) {
    ZoneSnapshot snapshot = zones.get();
    var found = new ArrayList<DanglingRecord>();
    for (Zone zone : snapshot.zones()) {
      if (only == null || zone.apex().equals(only)) {
        var ofZone = new ArrayList<DanglingRecord>();
        zone.forEach(
            (owner, rrsets) -> rrsets.forEach(rrset -> look(snapshot, zone, owner, rrset, ofZone)));
        ofZone.sort(
            Comparator.comparing(DanglingRecord::owner).thenComparingInt(DanglingRecord::type));
        found.addAll(ofZone);
      }
    }
    return found;
  }

  private void look(
      ZoneSnapshot snapshot, Zone zone, Name owner, Rrset rrset, List<DanglingRecord> found) {
    switch (rrset.type()) {
      case Type.CNAME, Type.MX, Type.SRV, Type.NS, Type.SVCB, Type.HTTPS -> {
        for (Record record : rrset.records(owner)) {
          Name target = target(record);
          // The root as a target says that there is no such service, or that it is the owner.
          if (!target.equals(Name.root) && found.size() < FOUND_MAX) {
            DanglingRecord one = judged(snapshot, zone, owner, rrset.type(), target);
            if (one != null) {
              found.add(one);
            }
          }
        }
      }
      default -> {}
    }
  }

  private static Name target(Record record) {
    return switch (record) {
      case MXRecord mx -> mx.getTarget();
      case SRVRecord srv -> srv.getTarget();
      case CNAMERecord alias -> alias.getTarget();
      case NSRecord server -> server.getTarget();
      case SVCBBase service -> service.getTargetName();
      default -> Name.root;
    };
  }

  private @Nullable DanglingRecord judged(
      ZoneSnapshot snapshot, Zone zone, Name owner, int type, Name target) {
    Name last = target;
    for (int i = 0; i < ALIASES_MAX; i++) {
      switch (snapshot.lookup(last, Type.A)) {
        case LookupResult.Answer _, LookupResult.Expired _, LookupResult.NotReady _ -> {
          return null;
        }
        case LookupResult.NotAuthoritative _ -> {
          return new DanglingRecord(
              zone.apex(), owner, type, target, State.ELSEWHERE, outside(target, last));
        }
        case LookupResult.Referral referral -> {
          boolean glued =
              referral.glue().stream().map(LookupResult.Glue::owner).anyMatch(last::equals);
          return glued
              ? null
              : new DanglingRecord(
                  zone.apex(),
                  owner,
                  type,
                  target,
                  State.ELSEWHERE,
                  "%s lies below the delegation of %s".formatted(text(last), text(referral.cut())));
        }
        case LookupResult.Alias alias -> {
          Name next = alias.target();
          if (next == null) {
            return missing(zone, owner, type, target, last, "cannot be substituted by its DNAME");
          }
          last = next;
        }
        case LookupResult.NoData _ -> {
          boolean found =
              (type == Type.CNAME && hosts.host(last) == null)
                  || snapshot.lookup(last, Type.AAAA) instanceof LookupResult.Answer;
          return found ? null : missing(zone, owner, type, target, last, "has no address");
        }
        case LookupResult.NameError _ -> {
          return missing(zone, owner, type, target, last, "does not exist");
        }
      }
    }
    return missing(zone, owner, type, target, last, "is an alias of aliases without end");
  }

  private static String outside(Name target, Name last) {
    return last.equals(target)
        ? "it lies in no zone of this server"
        : "it is an alias of %s, which lies in no zone of this server".formatted(text(last));
  }

  private DanglingRecord missing(
      Zone zone, Name owner, int type, Name target, Name last, String how) {
    State state = State.MISSING;
    String why = text(last) + " " + how;
    Tombstone tombstone = quarantine.tombstone(last);
    if (hosts.host(last) != null) {
      state = State.WITHDRAWN;
      why = "%s is a host without an address now".formatted(text(last));
    } else if (tombstone != null) {
      state = State.QUARANTINED;
      why =
          "%s was a host until %s, and may be another's from %s on"
              .formatted(text(last), tombstone.removedAt(), tombstone.until());
    }
    return new DanglingRecord(zone.apex(), owner, type, target, state, why);
  }

  private static String text(Name name) {
    return name.toString(true);
  }
}
