package net.homeport.store.sqlite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.Name;
import org.xbill.DNS.Serial;
import org.xbill.DNS.Type;

/**
 * Compares the zones of a store with those that are served, while commits go on: a zone that
 * changes meanwhile is not compared. One thread.
 */
final class ServedComparison implements BiConsumer<Name, Zone> {
  private static final String RESTART =
      "export the zone ('./homeport zone export'), then restart the server, which loads what is stored; compare the two";

  private final ZoneSnapshot before;
  private final Supplier<ZoneSnapshot> served;
  private final Findings findings;
  private final Set<Name> stored = new HashSet<>();
  private boolean isSame = true;

  ServedComparison(ZoneSnapshot before, Supplier<ZoneSnapshot> served, Findings findings) {
    this.before = before;
    this.served = served;
    this.findings = findings;
  }

  /** Compares a zone as it is stored. */
  @Override
  public void accept(Name apex, Zone zone) {
    stored.add(apex);
    Zone present = before.zone(apex);
    // Zones are immutable: the same object now as before the store was read has not changed since.
    if (present == null || served.get().zone(apex) != present) {
      return;
    }
    int order = Serial.compare(zone.serial(), present.serial());
    if (order < 0) {
      tell(
          apex,
          "serial %d is served, but only %d is stored".formatted(present.serial(), zone.serial()));
    } else if (order == 0 && !isSameContent(present, zone)) {
      tell(
          apex,
          "its records are served otherwise than stored, both with the serial %d"
              .formatted(zone.serial()));
    }
  }

  private void tell(Name apex, String what) {
    isSame = false;
    findings.add("zone " + apex.toString(true), what, RESTART);
  }

  private static boolean isSameContent(Zone one, Zone other) {
    if (one.nameCount() != other.nameCount() || !one.soa().equals(other.soa())) {
      return false;
    }
    boolean[] isSame = {true};
    one.forEach(
        (owner, rrsets) -> isSame[0] = isSame[0] && data(rrsets).equals(data(other.rrsets(owner))));
    return isSame[0];
  }

  /** Without the SOA record, in which the serial need not be the present one. */
  private static Set<Rrset> data(List<Rrset> rrsets) {
    return rrsets.stream().filter(rrset -> rrset.type() != Type.SOA).collect(Collectors.toSet());
  }

  /** Looks for zones that are not stored; returns whether all were the same. */
  boolean finish() {
    ZoneSnapshot now = served.get();
    for (Zone zone : before.zones()) {
      if (!stored.contains(zone.apex()) && now.zone(zone.apex()) == zone) {
        tell(zone.apex(), "it is served, but could not be loaded from the store");
      }
    }
    return isSame;
  }
}
