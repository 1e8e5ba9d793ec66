package net.homeport.zone.text;

import java.util.List;
import java.util.function.LongConsumer;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;

/** Reads a zone from master-file text: all of it, or an error that says where. */
public final class ZoneText {
  /** TTL of records of a zone made by {@link #minimal}, in seconds. */
  public static final long DEFAULT_TTL = 3600;

  /** Most records that one {@code $GENERATE} makes; a /16 of reverse names fits. */
  public static final int GENERATED_MAX = 100_000;

  /** Most records that all {@code $GENERATE} of a file make. */
  public static final int GENERATED_IN_FILE_MAX = 1_000_000;

  private static final long REFRESH = 7200;
  private static final long RETRY = 900;
  private static final long EXPIRE = 1_209_600;

  /** Short, so that a name that was just added is soon seen by those who asked too early. */
  private static final long NEGATIVE_TTL = 60;

  private ZoneText() {}

  /**
   * The zone that this text describes; its records are static. It may not include files.
   *
   * @param snapshot in which the zone will stand
   * @param text master-file text (RFC 1035 5.1)
   * @throws ZoneTextException with line and column of each error, up to 20
   */
  public static Zone parse(ZoneSnapshot snapshot, Name apex, String text) throws ZoneTextException {
    return parse(snapshot, apex, ZoneTextSource.of("zone file", text), _ -> {});
  }

  /**
   * The zone that a file describes, with the files that it includes; its records are static.
   *
   * @param snapshot in which the zone will stand
   * @param progress told now and then how many octets were read
   * @throws ZoneTextException with file, line and column of each error, up to 20
   */
  public static Zone parse(
      ZoneSnapshot snapshot, Name apex, ZoneTextSource source, LongConsumer progress)
      throws ZoneTextException {
    return ZoneAssembly.read(snapshot, apex, source, progress);
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
