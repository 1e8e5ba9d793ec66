package net.homeport.zone.update;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Serial;
import org.xbill.DNS.Type;

/**
 * The wish that a zone's static records be those of another content, all or nothing. Dynamic RRsets
 * stay as they are: where the content has records of the same name and type, such as those of an
 * export, they are passed over, for the zone's are newer.
 *
 * <p>The zone goes on with the content's serial if that is greater (RFC 1982), else with its own
 * next one. Evaluated by one thread at a time; {@link #summary} tells of the last evaluation.
 */
public final class ZoneReplacement {
  /** Most RRsets that change at once: they are one entry of the journal. */
  public static final int CHANGES_MAX = 1_000_000;

  private final Zone content;
  private final Attribution attribution;
  private volatile Summary summary = Summary.NOTHING;

  /**
   * @param content static records, checked as a zone; its apex names the zone to change
   */
  public ZoneReplacement(Zone content, Attribution attribution) {
    this.content = content;
    this.attribution = attribution;
  }

  /**
   * What a replacement changes.
   *
   * @param added names that get their first records
   * @param changed names of which records change
   * @param removed names that lose their last records
   * @param kept dynamic RRsets in place of which the content has records, which were passed over
   * @param rrsets RRsets that change, the SOA's included
   * @param inTheWay names with dynamic RRsets that could not be answered any more beside the
   *     content; if there are any, nothing changes
   */
  public record Summary(
      int added, int changed, int removed, int kept, int rrsets, Set<Name> inTheWay) {
    static final Summary NOTHING = new Summary(0, 0, 0, 0, 0, Set.of());

    public Summary {
      inTheWay = Set.copyOf(inTheWay);
    }
  }

  /** Apex of the zone to change. */
  public Name zone() {
    return content.apex();
  }

  /** Of the last evaluation. */
  public Summary summary() {
    return summary;
  }

  /**
   * What it does to the zone; the zone it is given stays as it is.
   *
   * @return refused as {@link Refusal#ALIAS} or {@link Refusal#BELOW_ZONE_CUT} when dynamic records
   *     are in the way, see the summary
   */
  public UpdateResult evaluate(Zone present) {
    var evaluation = new Evaluation(present);
    summary = evaluation.summary();
    if (evaluation.refusal != null) {
      return new UpdateResult.Refused(evaluation.refusal);
    }
    if (evaluation.changes.isEmpty()) {
      return new UpdateResult.Unchanged();
    }
    ZoneEditor editor = ZoneEditor.of(present);
    evaluation.changes.forEach(change -> change.applyTo(editor));
    return new UpdateResult.Changed(editor.build(), evaluation.changes);
  }

  private final class Evaluation {
    private final Zone present;
    private final List<RrsetChange> changes = new ArrayList<>();
    private final Set<Name> inTheWay = new HashSet<>();
    private @Nullable Refusal refusal;
    private int added;
    private int changed;
    private int removed;
    private int kept;

    Evaluation(Zone present) {
      this.present = present;
      present.forEach(this::compare);
      content.forEach(this::add);
    }

    Summary summary() {
      return new Summary(added, changed, removed, kept, changes.size(), inTheWay);
    }

    /** A name that exists. */
    private void compare(Name owner, List<Rrset> rrsets) {
      List<Rrset> wanted = content.rrsets(owner);
      int before = changes.size();
      int left = wanted.size();
      for (Rrset rrset : rrsets) {
        Rrset other = find(wanted, rrset.type());
        if (rrset.management() == Management.DYNAMIC) {
          kept += other == null ? 0 : 1;
          left += other == null ? 1 : 0;
          checkReachable(owner, wanted);
        } else if (rrset.type() == Type.SOA) {
          soa(owner, rrset, Objects.requireNonNull(other));
        } else if (!Objects.equals(rrset, other)) {
          changes.add(new RrsetChange(owner, rrset.type(), rrset, other, attribution));
        }
      }
      for (Rrset rrset : wanted) {
        if (find(rrsets, rrset.type()) == null) {
          changes.add(new RrsetChange(owner, rrset.type(), null, rrset, attribution));
        }
      }
      if (left == 0) {
        removed++;
      } else if (changes.size() > before) {
        changed++;
      }
    }

    /** A name that may be new. */
    private void add(Name owner, List<Rrset> rrsets) {
      if (present.rrsets(owner).isEmpty()) {
        added++;
        for (Rrset rrset : rrsets) {
          changes.add(new RrsetChange(owner, rrset.type(), null, rrset, attribution));
        }
      }
    }

    private void checkReachable(Name owner, List<Rrset> wanted) {
      if (find(wanted, Type.CNAME) != null) {
        refusal = Refusal.ALIAS;
        inTheWay.add(owner);
      } else if (content.isBeyondCut(owner)) {
        refusal = Refusal.BELOW_ZONE_CUT;
        inTheWay.add(owner);
      }
    }

    private void soa(Name apex, Rrset before, Rrset wanted) {
      SOARecord old = (SOARecord) before.records(apex).getFirst();
      SOARecord given = (SOARecord) wanted.records(apex).getFirst();
      boolean later = Serial.compare(given.getSerial(), old.getSerial()) > 0;
      Rrset after =
          later
              ? wanted
              : Rrset.of(
                  List.of(withSerial(given, old.getSerial())), wanted.ttl(), Management.STATIC);
      if (!after.equals(before)) {
        changes.add(new RrsetChange(apex, Type.SOA, before, after, attribution));
      }
    }

    private static SOARecord withSerial(SOARecord soa, long serial) {
      return new SOARecord(
          soa.getName(),
          soa.getDClass(),
          soa.getTTL(),
          soa.getHost(),
          soa.getAdmin(),
          serial,
          soa.getRefresh(),
          soa.getRetry(),
          soa.getExpire(),
          soa.getMinimum());
    }

    private static @Nullable Rrset find(List<Rrset> rrsets, int type) {
      for (Rrset rrset : rrsets) {
        if (rrset.type() == type) {
          return rrset;
        }
      }
      return null;
    }
  }
}
