package net.homeport.zone.update;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.RrsetTooLargeException;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Serial;
import org.xbill.DNS.Type;

/**
 * Evaluates an update against a zone by RFC 2136 section 3: first all prerequisites, then all
 * operations in order. A pure function: the zone it is given stays as it is.
 */
public final class UpdateEvaluation {
  private final Zone zone;
  private final ZoneUpdate update;
  // What the operations have changed so far, over the zone as it is: most updates delete an RRset
  // and
  // add another in its place, and only the outcome is worth a new version of the zone.
  private final Map<Name, Map<Integer, RrsetChange>> changes = new LinkedHashMap<>();
  private boolean isCutTouched;
  private @Nullable Name lastName;
  private List<Rrset> lastPresent = List.of();

  private UpdateEvaluation(Zone zone, ZoneUpdate update) {
    this.zone = zone;
    this.update = update;
  }

  /** What {@code update}, which names this zone, does to {@code zone}. */
  public static UpdateResult evaluate(Zone zone, ZoneUpdate update) {
    return new UpdateEvaluation(zone, update).result();
  }

  private UpdateResult result() {
    for (Prerequisite prerequisite : update.prerequisites()) {
      Refusal unmet = unmet(prerequisite);
      if (unmet != null) {
        return new UpdateResult.Refused(unmet);
      }
    }
    for (UpdateOperation operation : update.operations()) {
      Refusal refusal;
      try {
        refusal = perform(operation);
      } catch (RrsetTooLargeException _) {
        refusal = Refusal.RRSET_TOO_LARGE;
      }
      if (refusal != null) {
        return new UpdateResult.Refused(refusal);
      }
    }
    List<RrsetChange> effective =
        changes.values().stream()
            .flatMap(types -> types.values().stream())
            .filter(change -> !Objects.equals(change.before(), change.after()))
            .toList();
    return effective.isEmpty()
        ? new UpdateResult.Unchanged()
        : new UpdateResult.Changed(next(effective), effective);
  }

  private Zone next(List<RrsetChange> effective) {
    ZoneEditor editor = ZoneEditor.of(zone);
    effective.forEach(change -> change.applyTo(editor));
    return editor.build();
  }

  /** What the zone has at a name; most updates are about one, so the last one is kept. */
  private List<Rrset> present(Name name) {
    if (!name.equals(lastName)) {
      lastPresent = zone.rrsets(name);
      lastName = name;
    }
    return lastPresent;
  }

  private @Nullable Rrset present(Name name, int type) {
    for (Rrset rrset : present(name)) {
      if (rrset.type() == type) {
        return rrset;
      }
    }
    return null;
  }

  private Map<Integer, RrsetChange> changesAt(Name name) {
    return changes.getOrDefault(name, Map.of());
  }

  /** The RRset as changed so far, or null. */
  private @Nullable Rrset rrset(Name name, int type) {
    RrsetChange change = changesAt(name).get(type);
    return change == null ? present(name, type) : change.after();
  }

  /** All RRsets of a name as changed so far. */
  private List<Rrset> rrsets(Name name) {
    List<Rrset> present = present(name);
    Map<Integer, RrsetChange> changed = changesAt(name);
    if (changed.isEmpty()) {
      return present;
    }
    var rrsets = new ArrayList<Rrset>();
    for (Rrset rrset : present) {
      if (!changed.containsKey(rrset.type())) {
        rrsets.add(rrset);
      }
    }
    for (RrsetChange change : changed.values()) {
      if (change.after() != null) {
        rrsets.add(change.after());
      }
    }
    return rrsets;
  }

  /** Whether others answer for the name: a cut above it, as changed so far. */
  private boolean isBeyondCut(Name name) {
    if (!isCutTouched) {
      return zone.isBeyondCut(name);
    }
    for (Name owner = name; !owner.equals(zone.apex()); owner = new Name(owner, 1)) {
      boolean isDelegated = rrset(owner, Type.NS) != null;
      boolean isRedirected = !owner.equals(name) && rrset(owner, Type.DNAME) != null;
      if (isDelegated || isRedirected) {
        return true;
      }
    }
    return !name.equals(zone.apex()) && rrset(zone.apex(), Type.DNAME) != null;
  }

  private @Nullable Refusal unmet(Prerequisite prerequisite) {
    Name name = prerequisite.name();
    if (!name.subdomain(zone.apex())) {
      return Refusal.OUTSIDE_ZONE;
    }
    return switch (prerequisite) {
      case Prerequisite.NameInUse _ -> zone.rrsets(name).isEmpty() ? Refusal.NAME_NOT_IN_USE : null;
      case Prerequisite.NameNotInUse _ -> zone.rrsets(name).isEmpty() ? null : Refusal.NAME_IN_USE;
      case Prerequisite.RrsetExists exists ->
          zone.rrset(name, exists.type()) == null ? Refusal.RRSET_MISSING : null;
      case Prerequisite.RrsetAbsent absent ->
          zone.rrset(name, absent.type()) == null ? null : Refusal.RRSET_EXISTS;
      case Prerequisite.RrsetEquals equals -> {
        if (!equals.records().stream().allMatch(UpdateEvaluation::isReadable)) {
          yield Refusal.MALFORMED;
        }
        Rrset present = zone.rrset(name, equals.type());
        yield present != null && sameRdata(present, equals.records())
            ? null
            : Refusal.RRSET_MISSING;
      }
    };
  }

  /** RFC 2136 1.1.1: names in RDATA compare without regard to case; duplicates count once. */
  private static boolean sameRdata(Rrset present, List<Record> records) {
    return canonicalRdata(present.records(Name.root)).equals(canonicalRdata(records));
  }

  private static Set<ByteBuffer> canonicalRdata(List<Record> records) {
    return records.stream()
        .map(record -> ByteBuffer.wrap(record.rdataToWireCanonical()))
        .collect(Collectors.toSet());
  }

  private @Nullable Refusal perform(UpdateOperation operation) {
    Name name = operation.name();
    if (!name.subdomain(zone.apex())) {
      return Refusal.OUTSIDE_ZONE;
    }
    return switch (operation) {
      case UpdateOperation.AddRecord add -> add(name, add.record());
      case UpdateOperation.DeleteRrset delete -> deleteRrset(name, delete.type());
      case UpdateOperation.DeleteName _ -> deleteName(name);
      case UpdateOperation.DeleteRecord delete -> deleteRecord(name, delete.record());
    };
  }

  /** RFC 2136 3.4.2.2. */
  private @Nullable Refusal add(Name name, Record record) {
    int type = record.getType();
    long ttl = record.getTTL();
    if (!Rrset.isDataType(type)
        || record.getDClass() != DClass.IN
        || ttl < 0
        || ttl > Rrset.TTL_MAX
        || !isReadable(record)) {
      return Refusal.MALFORMED;
    }
    Refusal protectedName = protectedFromDynamic(name, type);
    if (protectedName != null) {
      return protectedName;
    }
    if (type == Type.SOA) {
      return addSoa(name, (SOARecord) record);
    }
    List<Rrset> present = rrsets(name);
    boolean alias = present.stream().anyMatch(rrset -> rrset.type() == Type.CNAME);
    if (type == Type.CNAME ? !present.isEmpty() && !alias : alias) {
      // RFC 2136 says to ignore it; a host update must not look successful then.
      return update.aliasConflict() == ZoneUpdate.AliasConflict.REFUSED ? Refusal.ALIAS : null;
    }
    Rrset old = rrset(name, type);
    if (isAddress(record)) {
      // What nearly all updates are about: no need to take records apart and to put them together.
      byte[][] earlier = old == null ? new byte[0][] : old.addressData();
      byte[][] rdata = Arrays.copyOf(earlier, earlier.length + 1);
      rdata[earlier.length] = record.rdataToWireCanonical();
      put(name, Rrset.ofAddressData(type, rdata, ttl, update.management()));
      return null;
    }
    var records = new ArrayList<Record>();
    if (old != null && type != Type.CNAME && type != Type.DNAME) {
      // Of those there is one a name, and a new one replaces it (RFC 2136 3.4.2.2, RFC 6672 5.2).
      records.addAll(old.records(name));
    }
    records.add(record);
    put(name, Rrset.of(records, ttl, update.management()));
    return null;
  }

  /** Whether it is a record of type A or AAAA with an address, not one without RDATA. */
  private static boolean isAddress(Record record) {
    return record instanceof ARecord || record instanceof AAAARecord;
  }

  /** RFC 2136 3.4.2.2: a SOA replaces the apex SOA if its serial is greater, else is ignored. */
  private @Nullable Refusal addSoa(Name name, SOARecord record) {
    if (name.equals(zone.apex()) && Serial.compare(record.getSerial(), zone.serial()) > 0) {
      put(name, Rrset.of(List.of(record), record.getTTL(), Management.STATIC));
    }
    return null;
  }

  /** RFC 2136 3.4.2.3: the apex SOA and NS RRsets cannot be deleted. */
  private @Nullable Refusal deleteRrset(Name name, int type) {
    if (!Rrset.isDataType(type)) {
      return Refusal.MALFORMED;
    }
    if (isApexAuthority(name, type) || rrset(name, type) == null) {
      return null;
    }
    Refusal protectedName = protectedFromDynamic(name, type);
    if (protectedName != null) {
      return protectedName;
    }
    put(name, type, null);
    return null;
  }

  private @Nullable Refusal deleteName(Name name) {
    for (Rrset rrset : rrsets(name)) {
      Refusal refusal = deleteRrset(name, rrset.type());
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** RFC 2136 3.4.2.4: the last apex NS cannot be deleted. */
  private @Nullable Refusal deleteRecord(Name name, Record record) {
    int type = record.getType();
    if (!Rrset.isDataType(type) || !isReadable(record)) {
      return Refusal.MALFORMED;
    }
    Rrset old = rrset(name, type);
    if (old == null || type == Type.SOA) {
      return null;
    }
    List<Record> kept =
        old.records(name).stream().filter(present -> !sameRdata(present, record)).toList();
    if (kept.size() == old.count() || (kept.isEmpty() && isApexAuthority(name, type))) {
      return null;
    }
    Refusal protectedName = protectedFromDynamic(name, type);
    if (protectedName != null) {
      return protectedName;
    }
    put(name, type, kept.isEmpty() ? null : Rrset.of(kept, old.ttl(), old.management()));
    return null;
  }

  private static boolean sameRdata(Record one, Record other) {
    return Arrays.equals(one.rdataToWireCanonical(), other.rdataToWireCanonical());
  }

  private boolean isApexAuthority(Name name, int type) {
    return name.equals(zone.apex()) && (type == Type.SOA || type == Type.NS);
  }

  private @Nullable Refusal protectedFromDynamic(Name name, int type) {
    if (update.management() == Management.STATIC) {
      return null;
    }
    // What makes a cut lies at it and is ours (RFC 1034 4.2.1, RFC 4035 2.4).
    boolean isOfCut = (type == Type.NS || type == Type.DS) && !name.equals(zone.apex());
    if (isBeyondCut(isOfCut ? new Name(name, 1) : name)) {
      return Refusal.BELOW_ZONE_CUT;
    }
    Rrset present = rrset(name, type);
    boolean isStatic = present != null && present.management() == Management.STATIC;
    return isStatic ? Refusal.STATIC_RECORD : null;
  }

  /**
   * Whether the RDATA can be written and read back. A message may carry a record whose RDATA is
   * empty, and the library reads some RDATA that it cannot write, such as WKS without services.
   */
  private static boolean isReadable(Record record) {
    if (isAddress(record)) {
      return true;
    }
    try {
      byte[] rdata = record.rdataToWireCanonical();
      return Record.newRecord(record.getName(), record.getType(), DClass.IN, 0, rdata) != null;
    } catch (RuntimeException _) {
      return false;
    }
  }

  private void put(Name name, Rrset rrset) {
    put(name, rrset.type(), rrset);
  }

  private void put(Name name, int type, @Nullable Rrset after) {
    Map<Integer, RrsetChange> changed = changes.computeIfAbsent(name, _ -> new LinkedHashMap<>(2));
    RrsetChange earlier = changed.get(type);
    Rrset before = earlier == null ? present(name, type) : earlier.before();
    changed.put(type, new RrsetChange(name, type, before, after, update.attribution()));
    isCutTouched |= type == Type.NS || type == Type.DNAME;
  }
}
