package net.homeport.nameserver.transfer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * What leads from an older version of a zone to this one, as one difference (RFC 1995 4): records
 * that are gone, and records that are new. Records are compared by all octets, so that another TTL,
 * or another letter case in the RDATA, is another record.
 *
 * @param oldSoa the SOA of the older version, answer-ready
 * @param gone in the order in which their RRsets first changed
 * @param added in that order too
 */
record ZoneDifference(Rrset oldSoa, List<Entry> gone, List<Entry> added) {

  /** A record of an RRset at a name. */
  static final class Entry {
    private final byte[] owner;
    private final byte[] body;
    private final int from;
    private final int length;

    private Entry(byte[] owner, byte[] body, int from, int length) {
      this.owner = owner;
      this.body = body;
      this.from = from;
      this.length = length;
    }

    /** Labels of the owner below the apex. */
    byte[] owner() {
      return owner;
    }

    /** Holds the record. */
    byte[] body() {
      return body;
    }

    /** Where it stands there. */
    int from() {
      return from;
    }

    /** Its octets. */
    int length() {
      return length;
    }

    /** Equal to that of an equal record. */
    private ByteBuffer octets() {
      return ByteBuffer.wrap(body, from, length);
    }
  }

  private record Key(Name owner, int type) {}

  /** An RRset from the older version to this one. */
  private static final class Change {
    private final Name owner;
    private final @Nullable Rrset before;
    private @Nullable Rrset after;
    // Then the name may have been gone, and have another spelling since.
    private boolean wasGone;

    Change(RrsetChange first) {
      this.owner = first.owner();
      this.before = first.before();
      this.after = first.after();
      this.wasGone = first.after() == null;
    }

    void then(RrsetChange next) {
      after = next.after();
      wasGone |= next.after() == null;
    }
  }

  /**
   * The difference that these changes make.
   *
   * @param now the zone as it is after all of them
   * @param changesets lead from one serial to the next, at least one
   */
  static ZoneDifference of(Zone now, List<Changeset> changesets) {
    Map<Key, Change> changes = new LinkedHashMap<>();
    Rrset soaBefore = null;
    for (Changeset changeset : changesets) {
      for (RrsetChange change : changeset.changes()) {
        if (change.type() == Type.SOA) {
          soaBefore = soaBefore == null ? change.before() : soaBefore;
        } else {
          Change known =
              changes.putIfAbsent(new Key(change.owner(), change.type()), new Change(change));
          if (known != null) {
            known.then(change);
          }
        }
      }
    }
    var gone = new ArrayList<Entry>();
    var added = new ArrayList<Entry>();
    changes.values().forEach(change -> compare(now, change, gone, added));
    Rrset soa = soaBefore == null ? now.soaRrset() : soaBefore;
    long serial = changesets.getFirst().serialBefore();
    return new ZoneDifference(withSerial(now.apex(), soa, serial), gone, added);
  }

  private static void compare(Zone now, Change change, List<Entry> gone, List<Entry> added) {
    byte[] owner = below(now, now.spelled(change.owner));
    List<Entry> before = entries(owner, change.before);
    List<Entry> after = entries(owner, change.after);
    if (change.wasGone) {
      gone.addAll(before);
      added.addAll(after);
    } else {
      addMissing(before, after, gone);
      addMissing(after, before, added);
    }
  }

  private static void addMissing(List<Entry> entries, List<Entry> others, List<Entry> to) {
    Set<ByteBuffer> present = others.stream().map(Entry::octets).collect(Collectors.toSet());
    entries.stream().filter(entry -> !present.contains(entry.octets())).forEach(to::add);
  }

  private static byte[] below(Zone zone, Name owner) {
    byte[] wire = owner.toWire();
    return Arrays.copyOf(wire, wire.length - zone.apexLength());
  }

  private static List<Entry> entries(byte[] owner, @Nullable Rrset rrset) {
    if (rrset == null) {
      return List.of();
    }
    byte[] body = rrset.body();
    int[] starts =
        IntStream.iterate(0, at -> at + TransferMessages.recordLength(body, at))
            .limit(rrset.count())
            .toArray();
    return Arrays.stream(starts)
        .mapToObj(at -> new Entry(owner, body, at, TransferMessages.recordLength(body, at)))
        .toList();
  }

  private static Rrset withSerial(Name apex, Rrset rrset, long serial) {
    var soa = (SOARecord) rrset.records(apex).getFirst();
    var old =
        new SOARecord(
            apex,
            soa.getDClass(),
            rrset.ttl(),
            soa.getHost(),
            soa.getAdmin(),
            serial,
            soa.getRefresh(),
            soa.getRetry(),
            soa.getExpire(),
            soa.getMinimum());
    return Rrset.of(List.of(old), rrset.ttl(), Management.STATIC);
  }
}
