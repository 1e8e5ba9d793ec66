package net.homeport.registry.catalog;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** What stands in a catalog zone of version 2 (RFC 9432 4). Functions. */
final class CatalogContent {
  /** Longest apex in wire form: an owner name within needs 39 octets more (RFC 1035 2.3.4). */
  static final int APEX_OCTETS_MAX = 255 - 39;

  private static final int LABEL_OCTETS = 16;
  private static final long TTL = 0;
  private static final long REFRESH = 3600;
  private static final long RETRY = 600;

  /** The longest: members must not vanish because the primary is away (RFC 9432 7). */
  private static final long EXPIRE = 2_147_483_646;

  private static final Name INVALID = Name.fromConstantString("invalid.");
  private static final Name MEMBERS = Name.fromConstantString("zones");
  private static final Name VERSION = Name.fromConstantString("version");

  private CatalogContent() {}

  /** A catalog without members. */
  static Zone empty(ZoneSnapshot snapshot, Name apex, long serial) {
    ZoneEditor editor = snapshot.newZone(apex);
    var soa =
        new SOARecord(apex, DClass.IN, TTL, INVALID, INVALID, serial, REFRESH, RETRY, EXPIRE, TTL);
    editor.set(apex, Rrset.of(List.of(soa), TTL, Management.STATIC));
    var ns = new NSRecord(apex, DClass.IN, TTL, INVALID);
    editor.set(apex, Rrset.of(List.of(ns), TTL, Management.STATIC));
    Name version = within(VERSION, apex);
    var text = new TXTRecord(version, DClass.IN, TTL, "2");
    editor.set(version, Rrset.of(List.of(text), TTL, Management.STATIC));
    return editor.build();
  }

  /**
   * The owner name of a member's PTR record. It stays the same for as long as the zone does, and is
   * another one for a zone of the same name that was removed and added again, so that consumers
   * begin anew with it (RFC 9432 5.6).
   */
  static Name owner(Name catalog, Name member, long creation) {
    byte[] octets =
        ByteBuffer.allocate(Long.BYTES + member.length())
            .putLong(creation)
            .put(member.toWireCanonical())
            .array();
    byte[] hash;
    try {
      hash = MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    String label = HexFormat.of().formatHex(hash, 0, LABEL_OCTETS);
    return within(Name.fromConstantString(label), within(MEMBERS, catalog));
  }

  /** The record that lists a member. */
  static PTRRecord record(Name owner, Name member) {
    return new PTRRecord(owner, DClass.IN, TTL, member);
  }

  /** The owner name of each member that a catalog lists. */
  static Map<Name, Name> members(Zone catalog) {
    Name members = within(MEMBERS, catalog.apex());
    Map<Name, Name> owners = new HashMap<>();
    catalog.forEach((owner, rrsets) -> {
      if (owner.labels() == members.labels() + 1 && owner.subdomain(members)) {
        for (Rrset rrset : rrsets) {
          if (rrset.type() == Type.PTR) {
            rrset
                .records(owner)
                .forEach(record -> owners.put(((PTRRecord) record).getTarget(), owner));
          }
        }
      }
    });
    return owners;
  }

  private static Name within(Name relative, Name apex) {
    try {
      return Name.concatenate(relative, apex);
    } catch (NameTooLongException e) {
      throw new IllegalArgumentException("a catalog's name is bounded: " + apex, e);
    }
  }
}
