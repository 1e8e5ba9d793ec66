package net.homeport.zone.update;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.RrsetTooLargeException;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Serial;
import org.xbill.DNS.Type;

/**
 * The wish that a zone be exactly what another server has, its serial included: as a whole (RFC
 * 5936) or by the differences from the version we have (RFC 1995). All of it becomes static; who
 * changes such a zone is its primary server alone.
 */
public final class ZoneMirror {
  /** Most RRsets that change as such; if it are more, the zone is made anew in the same commit. */
  public static final int CHANGES_MAX = ZoneReplacement.CHANGES_MAX;

  private final Name apex;
  private final @Nullable Zone whole;
  private final List<ZoneDifference> differences;
  private final Attribution attribution;

  private ZoneMirror(
      Name apex, @Nullable Zone whole, List<ZoneDifference> differences, Attribution attribution) {
    this.apex = apex;
    this.whole = whole;
    this.differences = List.copyOf(differences);
    this.attribution = attribution;
  }

  /** As this content, which has static RRsets only. */
  public static ZoneMirror whole(Zone content, Attribution attribution) {
    return new ZoneMirror(content.apex(), content, List.of(), attribution);
  }

  /**
   * As these differences make it.
   *
   * @param differences each continues the one before; their records are of this zone and of types
   *     that stand in zones
   */
  public static ZoneMirror differences(
      Name apex, List<ZoneDifference> differences, Attribution attribution) {
    return new ZoneMirror(apex, null, differences, attribution);
  }

  /** What is to be done. */
  public sealed interface Outcome {
    /** Make the zone anew with this content, in place of what there may be. */
    record Anew(Zone content) implements Outcome {}

    /** Change the zone that is there, or leave it. */
    record Inside(UpdateResult result) implements Outcome {}
  }

  /** Apex of the zone. */
  public Name zone() {
    return apex;
  }

  /** Which server it came from. */
  public Attribution attribution() {
    return attribution;
  }

  /**
   * What it does to the zone; the zone it is given stays as it is.
   *
   * @param present null if there is none
   * @return refused as {@link Refusal#RRSET_MISSING} when the differences do not continue what is
   *     there, as {@link Refusal#NO_SUCH_ZONE} when there is nothing to continue, and as {@link
   *     Refusal#RRSET_TOO_LARGE}
   */
  public Outcome evaluate(@Nullable Zone present) {
    if (whole != null) {
      return present == null
          ? new Outcome.Anew(whole)
          : outcome(present, whole, compared(present, whole));
    }
    if (present == null) {
      return refused(Refusal.NO_SUCH_ZONE);
    }
    var stepped = new Steps(present);
    for (ZoneDifference difference : differences) {
      Refusal refusal = stepped.perform(difference);
      if (refusal != null) {
        return refused(refusal);
      }
    }
    return outcome(present, stepped.editor.build(), stepped.changes());
  }

  private static Outcome refused(Refusal why) {
    return new Outcome.Inside(new UpdateResult.Refused(why));
  }

  /**
   * A version with a serial that is not greater follows no other: whoever takes differences from us
   * must take the whole.
   */
  private static Outcome outcome(Zone present, Zone next, List<RrsetChange> changes) {
    if (changes.isEmpty()) {
      return new Outcome.Inside(new UpdateResult.Unchanged());
    }
    boolean follows = Serial.compare(next.serial(), present.serial()) > 0;
    return follows && changes.size() <= CHANGES_MAX
        ? new Outcome.Inside(new UpdateResult.Changed(next, changes))
        : new Outcome.Anew(next);
  }

  private List<RrsetChange> compared(Zone present, Zone content) {
    var changes = new ArrayList<RrsetChange>();
    present.forEach((owner, rrsets) -> {
      for (Rrset rrset : rrsets) {
        Rrset wanted = content.rrset(owner, rrset.type());
        if (!Objects.equals(rrset, wanted)) {
          changes.add(new RrsetChange(owner, rrset.type(), rrset, wanted, attribution));
        }
      }
    });
    content.forEach((owner, rrsets) -> {
      for (Rrset rrset : rrsets) {
        if (present.rrset(owner, rrset.type()) == null) {
          changes.add(new RrsetChange(owner, rrset.type(), null, rrset, attribution));
        }
      }
    });
    return changes;
  }

  private record Key(Name owner, int type) {}

  /** The zone on its way through the differences. */
  private final class Steps {
    private final Zone present;
    private final ZoneEditor editor;
    private final Set<Key> touched = new LinkedHashSet<>();

    Steps(Zone present) {
      this.present = present;
      this.editor = ZoneEditor.of(present);
    }

    @Nullable Refusal perform(ZoneDifference difference) {
      Rrset soa = editor.rrset(apex, Type.SOA);
      if (soa == null || !contains(soa, difference.from())) {
        return Refusal.RRSET_MISSING;
      }
      try {
        for (Map.Entry<Key, List<Record>> gone : grouped(difference.deleted()).entrySet()) {
          if (!delete(gone.getKey(), gone.getValue())) {
            return Refusal.RRSET_MISSING;
          }
        }
        grouped(difference.added()).forEach(this::add);
        Key key = new Key(apex, Type.SOA);
        touched.add(key);
        set(key, List.of(difference.to()), difference.to().getTTL());
      } catch (RrsetTooLargeException _) {
        return Refusal.RRSET_TOO_LARGE;
      }
      return null;
    }

    private boolean contains(Rrset rrset, Record record) {
      return rrset.records(record.getName()).contains(record);
    }

    private static Map<Key, List<Record>> grouped(List<Record> records) {
      var groups = new LinkedHashMap<Key, List<Record>>();
      for (Record record : records) {
        groups
            .computeIfAbsent(new Key(record.getName(), record.getType()), _ -> new ArrayList<>())
            .add(record);
      }
      return groups;
    }

    /** Whether all of them were there. A TTL may differ: an RRset here has one for all records. */
    private boolean delete(Key key, List<Record> gone) {
      Rrset rrset = editor.rrset(key.owner(), key.type());
      if (rrset == null) {
        return false;
      }
      touched.add(key);
      var left = new ArrayList<>(rrset.records(key.owner()));
      for (Record record : gone) {
        if (!left.remove(record)) {
          return false;
        }
      }
      if (left.isEmpty()) {
        editor.remove(key.owner(), key.type());
      } else {
        set(key, left, rrset.ttl());
      }
      return true;
    }

    /** The TTL of what is new is that of the RRset: a TTL changes by deleting and adding. */
    private void add(Key key, List<Record> added) {
      touched.add(key);
      Rrset rrset = editor.rrset(key.owner(), key.type());
      var all = new ArrayList<Record>(added);
      if (rrset != null) {
        all.addAll(rrset.records(key.owner()));
      }
      set(key, all, added.getLast().getTTL());
    }

    private void set(Key key, List<Record> records, long ttl) {
      editor.set(key.owner(), Rrset.of(records, ttl, Management.STATIC));
    }

    List<RrsetChange> changes() {
      var changes = new ArrayList<RrsetChange>();
      for (Key key : touched) {
        Rrset before = present.rrset(key.owner(), key.type());
        Rrset after = editor.rrset(key.owner(), key.type());
        if (!Objects.equals(before, after)) {
          changes.add(new RrsetChange(key.owner(), key.type(), before, after, attribution));
        }
      }
      return changes;
    }
  }
}
