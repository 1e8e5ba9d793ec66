package net.homeport.zone.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Generator;
import org.xbill.DNS.Master;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Reads a zone from master-file text: all of it, or an error that says where. */
public final class ZoneText {
  /** TTL of records of a zone made by {@link #minimal}, in seconds. */
  public static final long DEFAULT_TTL = 3600;

  /**
   * Most records that all {@code $GENERATE} directives of a zone make; a /16 of reverse names fits.
   */
  public static final int GENERATED_MAX = 100_000;

  private static final Pattern HUGE_WIDTH = Pattern.compile("\\$\\{[^,}]*,0*[1-9][0-9]{2}");

  private static final Pattern WITH_LINE = Pattern.compile("<none>:(\\d+): (.*)", Pattern.DOTALL);

  private static final long REFRESH = 7200;
  private static final long RETRY = 900;
  private static final long EXPIRE = 1_209_600;

  /** Short, so that a name that was just added is soon seen by those who asked too early. */
  private static final long NEGATIVE_TTL = 60;

  private ZoneText() {}

  /**
   * The zone that this text describes; its records are static.
   *
   * @param snapshot in which the zone will stand
   * @param text master-file text; {@code $INCLUDE} is refused
   * @throws ZoneTextException with the line of the first error
   */
  public static Zone parse(ZoneSnapshot snapshot, Name apex, String text) throws ZoneTextException {
    var records = new LinkedHashMap<OwnerAndType, List<Record>>();
    Record last = null;
    try (var master =
        new Master(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), apex)) {
      master.disableIncludes(true);
      // Not by the library: it has no bound.
      master.expandGenerate(false);
      for (Record next; (next = master.nextRecord()) != null; last = next) {
        add(records, next, apex);
      }
      expand(master.generators(), records, apex);
    } catch (IOException | RuntimeException e) {
      throw new ZoneTextException("zone " + apex + ": " + explained(e, last));
    }
    return zone(snapshot, apex, records);
  }

  /** With the line, if the library's parser tells it; it does so one late at the end of a line. */
  private static String explained(Exception e, @Nullable Record last) {
    String message = String.valueOf(e.getMessage());
    Matcher withLine = WITH_LINE.matcher(message);
    if (withLine.matches()) {
      return "near line %s: %s".formatted(withLine.group(1), withLine.group(2));
    }
    return last == null
        ? "its start cannot be read: " + message
        : "what follows the record '%s' cannot be read: %s".formatted(last, message);
  }

  private static void add(Map<OwnerAndType, List<Record>> records, Record record, Name apex)
      throws ZoneTextException {
    check(record, apex);
    records
        .computeIfAbsent(
            new OwnerAndType(record.getName(), record.getType()), _ -> new ArrayList<>(1))
        .add(record);
  }

  private static void expand(
      Iterator<Generator> generators, Map<OwnerAndType, List<Record>> records, Name apex)
      throws ZoneTextException {
    long left = GENERATED_MAX;
    while (generators.hasNext()) {
      Generator generator = generators.next();
      left -= (generator.end - generator.start) / generator.step + 1;
      if (left < 0) {
        throw new ZoneTextException(
            "zone %s: its $GENERATE directives make too many records, the last of them '%s'; all together make at most %d"
                .formatted(apex, generator, GENERATED_MAX));
      }
      if (HUGE_WIDTH.matcher(generator.namePattern + " " + generator.rdataPattern).find()) {
        throw new ZoneTextException(
            "zone %s: '%s' makes numbers of more than 99 digits".formatted(apex, generator));
      }
      try {
        for (Record next; (next = generator.nextRecord()) != null; ) {
          add(records, next, apex);
        }
      } catch (IOException e) {
        throw new ZoneTextException("zone %s: '%s': %s".formatted(apex, generator, e.getMessage()));
      }
    }
  }

  private record OwnerAndType(Name owner, int type) {}

  private static void check(Record record, Name apex) throws ZoneTextException {
    Name owner = record.getName();
    if (!owner.subdomain(apex)) {
      throw new ZoneTextException(
          "zone %s: the record '%s' is outside the zone; remove it or correct $ORIGIN"
              .formatted(apex, record));
    }
    if (record.getDClass() != DClass.IN) {
      throw new ZoneTextException(
          "zone %s: the record '%s' is not of class IN".formatted(apex, record));
    }
    if (!Rrset.isDataType(record.getType())) {
      throw new ZoneTextException(
          "zone %s: the record '%s' is of a type that cannot stand in a zone (RFC 6895 3.1)"
              .formatted(apex, record));
    }
    if (record.getType() == Type.SOA && !owner.equals(apex)) {
      throw new ZoneTextException(
          "zone %s: a SOA record stands at %s; it belongs at the apex only".formatted(apex, owner));
    }
  }

  private static Zone zone(
      ZoneSnapshot snapshot, Name apex, Map<OwnerAndType, List<Record>> records)
      throws ZoneTextException {
    checkApex(apex, records);
    ZoneEditor editor = snapshot.newZone(apex);
    for (Map.Entry<OwnerAndType, List<Record>> entry : records.entrySet()) {
      Name owner = entry.getKey().owner();
      List<Record> rrset = entry.getValue();
      long ttl = rrset.stream().mapToLong(Record::getTTL).min().orElseThrow();
      try {
        editor.set(owner, Rrset.of(rrset, ttl, Management.STATIC));
      } catch (RuntimeException e) {
        // Too large, or RDATA that the library reads and cannot write.
        throw new ZoneTextException("zone " + apex + ", name " + owner + ": " + e.getMessage());
      }
    }
    for (OwnerAndType key : records.keySet()) {
      if (key.type() == Type.CNAME) {
        checkAlias(apex, key.owner(), editor);
      }
      Rrset rrset = editor.rrset(key.owner(), key.type());
      if (key.type() == Type.DNAME && rrset != null && rrset.count() > 1) {
        throw new ZoneTextException(
            "zone %s: %s has %d DNAME records; a name has one (RFC 6672 2.4)"
                .formatted(apex, key.owner(), rrset.count()));
      }
    }
    return editor.build();
  }

  private static void checkApex(Name apex, Map<OwnerAndType, List<Record>> records)
      throws ZoneTextException {
    List<Record> soa = records.get(new OwnerAndType(apex, Type.SOA));
    if (soa == null || soa.size() != 1) {
      throw new ZoneTextException(
          "zone %s: it has %d SOA records at its apex; a zone has exactly one (RFC 1035 5.2)"
              .formatted(apex, soa == null ? 0 : soa.size()));
    }
    if (!records.containsKey(new OwnerAndType(apex, Type.NS))) {
      throw new ZoneTextException(
          "zone %s: no NS record stands at its apex; name at least one name server (RFC 1035 5.2)"
              .formatted(apex));
    }
  }

  private static void checkAlias(Name apex, Name owner, ZoneEditor editor)
      throws ZoneTextException {
    List<Rrset> rrsets = editor.rrsets(owner);
    if (rrsets.size() > 1 || rrsets.getFirst().count() > 1) {
      throw new ZoneTextException(
          "zone %s: %s has a CNAME record beside other records, which RFC 1034 3.6.2 forbids; keep one"
              .formatted(apex, owner));
    }
  }

  /**
   * A zone with nothing but its SOA and one NS record.
   *
   * @param nameServer the primary name server's name
   * @param serial the first serial
   */
  public static Zone minimal(ZoneSnapshot snapshot, Name apex, Name nameServer, long serial) {
    ZoneEditor editor = snapshot.newZone(apex);
    var soa =
        new SOARecord(
            apex,
            DClass.IN,
            DEFAULT_TTL,
            nameServer,
            mailbox(apex),
            serial,
            REFRESH,
            RETRY,
            EXPIRE,
            NEGATIVE_TTL);
    editor.set(apex, Rrset.of(List.of(soa), DEFAULT_TTL, Management.STATIC));
    var ns = new NSRecord(apex, DClass.IN, DEFAULT_TTL, nameServer);
    editor.set(apex, Rrset.of(List.of(ns), DEFAULT_TTL, Management.STATIC));
    return editor.build();
  }

  /** RFC 2142 7: hostmaster at the zone; the zone itself where that would be too long a name. */
  private static Name mailbox(Name apex) {
    try {
      return Name.fromString("hostmaster", apex);
    } catch (TextParseException _) {
      return apex;
    }
  }
}
