package net.homeport.registry.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * From one state of a zone to another, in canonical order of the names.
 *
 * @param fromSerial of the one
 * @param toSerial of the other
 */
public record StateDifference(long fromSerial, long toSerial, List<RrsetDifference> rrsets) {
  private static final Comparator<RrsetDifference> ORDER =
      Comparator.comparing(RrsetDifference::owner)
          .thenComparingInt(difference -> rank(difference.type()));

  /**
   * An RRset that differs.
   *
   * @param from null if there was none
   * @param to null if there is none
   */
  public record RrsetDifference(Name owner, int type, @Nullable Rrset from, @Nullable Rrset to) {}

  public StateDifference {
    rrsets = List.copyOf(rrsets);
  }

  /** Compares two states of a zone that are equal but for these RRsets and the SOA. */
  static StateDifference of(Zone from, Zone to, Collection<Rewind.Key> touched) {
    var differences = new ArrayList<RrsetDifference>();
    if (!from.soaRrset().equals(to.soaRrset())) {
      differences.add(new RrsetDifference(to.apex(), Type.SOA, from.soaRrset(), to.soaRrset()));
    }
    for (Rewind.Key key : touched) {
      Rrset before = from.rrset(key.owner(), key.type());
      Rrset after = to.rrset(key.owner(), key.type());
      if (key.type() != Type.SOA && !Objects.equals(before, after)) {
        differences.add(new RrsetDifference(key.owner(), key.type(), before, after));
      }
    }
    differences.sort(ORDER);
    return new StateDifference(from.serial(), to.serial(), differences);
  }

  private static int rank(int type) {
    return switch (type) {
      case Type.SOA -> -2;
      case Type.NS -> -1;
      default -> type;
    };
  }
}
