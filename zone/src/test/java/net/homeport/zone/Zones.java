package net.homeport.zone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import net.homeport.testkit.DnsText;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Zones for the tests of this room, and their content in a form that compares and reads well. */
public final class Zones {
  /** The hash seed of every snapshot here. */
  public static final long SEED = 4711;

  private Zones() {}

  /** A snapshot without zones. */
  public static ZoneSnapshot nothing() {
    return ZoneSnapshot.empty(SEED);
  }

  /** The zone of this master-file text. */
  public static Zone parsed(String apex, String text) {
    try {
      return ZoneText.parse(nothing(), DnsText.name(apex), text);
    } catch (ZoneTextException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A zone with a SOA (serial 1), one NS, and these records, whose names are relative to it. */
  public static Zone zone(String apex, String... records) {
    return parsed(
        apex,
        """
        $TTL 300
        @ 3600 SOA ns hostmaster 1 7200 900 1209600 60
        @ 3600 NS ns.elsewhere.invalid.
        """
            + String.join("\n", records)
            + "\n");
  }

  /** A snapshot of these zones. */
  public static ZoneSnapshot snapshot(Zone... zones) {
    ZoneSnapshot snapshot = nothing();
    for (Zone zone : zones) {
      snapshot = snapshot.with(zone);
    }
    return snapshot;
  }

  /** A zone freshly built from records; each RRset gets the smallest TTL of its records. */
  public static Zone of(Name apex, List<Record> records) {
    ZoneEditor editor = nothing().newZone(apex);
    rrsets(records).forEach(rrset -> editor.set(rrset.getFirst().getName(), rrsetOf(rrset)));
    return editor.build();
  }

  /** An RRset of these records with the smallest of their TTLs. */
  public static Rrset rrsetOf(List<Record> records) {
    long ttl = records.stream().mapToLong(Record::getTTL).min().orElseThrow();
    return Rrset.of(records, ttl, Management.STATIC);
  }

  private record OwnerAndType(Name owner, int type) {}

  /** Records grouped by owner and type. */
  public static List<List<Record>> rrsets(List<Record> records) {
    Map<OwnerAndType, List<Record>> grouped = new LinkedHashMap<>();
    for (Record record : records) {
      grouped
          .computeIfAbsent(
              new OwnerAndType(record.getName(), record.getType()), _ -> new ArrayList<>())
          .add(record);
    }
    return List.copyOf(grouped.values());
  }

  /** All records with their management, one a line, letter case of owners aside. */
  public static SortedSet<String> content(Zone zone) {
    var lines = new TreeSet<String>();
    zone.forEach((owner, rrsets) -> {
      for (Rrset rrset : rrsets) {
        Name lower = DnsText.name(owner.toString().toLowerCase(Locale.ROOT));
        rrset
            .records(lower)
            .forEach(record -> lines.add(text(record) + " ; " + rrset.management()));
      }
    });
    return lines;
  }

  private static String text(Record record) {
    return record.toString().replaceAll("\t+", " ");
  }

  /** The content of all zones. */
  public static SortedSet<String> content(ZoneSnapshot snapshot) {
    var lines = new TreeSet<String>();
    snapshot.zones().forEach(zone -> lines.addAll(content(zone)));
    return lines;
  }
}
