package net.homeport.zone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Records of one owner name on their way into a zone, as octets: what a zone file of a million
 * names is read through, without an object for each record.
 *
 * <p>Reusable: {@link #start}, some {@link #add}, {@link ZoneEditor#add}, and again. One thread.
 */
public final class NodeRecords {
  private static final int RECORDS_MIN = 8;
  private static final int OCTETS_MIN = 512;
  private static final Comparator<Part> ORDER = Part::compare;

  private final byte[] owner = new byte[NameKey.MAX_OCTETS];
  private int ownerLength;
  private int count;
  private int[] type = new int[RECORDS_MIN];
  private long[] ttl = new long[RECORDS_MIN];
  private int[] from = new int[RECORDS_MIN + 1];
  private boolean[] duplicate = new boolean[RECORDS_MIN];
  private boolean[] otherTtl = new boolean[RECORDS_MIN];
  private byte[] rdata = new byte[OCTETS_MIN];

  /**
   * Forgets all records and begins with another owner: an absolute name's wire form, as spelled.
   */
  public void start(byte[] wire, int length) {
    System.arraycopy(wire, 0, owner, 0, length);
    ownerLength = length;
    clear();
  }

  /** Forgets all records of this owner. */
  public void clear() {
    count = 0;
  }

  /** Whether these octets are the wire form of the owner, letter case aside (RFC 4343). */
  public boolean isOwner(byte[] wire, int length) {
    if (length != ownerLength) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      // Length octets are below 'A', so that they may be compared as letters are.
      if (owner[i] != wire[i] && lower(owner[i]) != lower(wire[i])) {
        return false;
      }
    }
    return true;
  }

  private static int lower(int octet) {
    return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
  }

  /**
   * Adds a record.
   *
   * @param recordTtl in seconds, 0 to {@link Rrset#TTL_MAX}
   * @param octets starts with the RDATA, uncompressed and valid for the type
   */
  public void add(int recordType, long recordTtl, byte[] octets, int length) {
    if (count == type.length) {
      type = Arrays.copyOf(type, count * 2);
      ttl = Arrays.copyOf(ttl, count * 2);
      from = Arrays.copyOf(from, count * 2 + 1);
      duplicate = Arrays.copyOf(duplicate, count * 2);
      otherTtl = Arrays.copyOf(otherTtl, count * 2);
    }
    int at = from[count];
    if (at + length > rdata.length) {
      rdata = Arrays.copyOf(rdata, Math.max(rdata.length * 2, at + length));
    }
    System.arraycopy(octets, 0, rdata, at, length);
    type[count] = recordType;
    ttl[count] = recordTtl;
    duplicate[count] = false;
    otherTtl[count] = false;
    from[++count] = at + length;
  }

  /** Number of records. */
  public int count() {
    return count;
  }

  /** Octets of RDATA of all records. */
  public int octets() {
    return from[count];
  }

  /** RR type of a record. */
  public int type(int record) {
    return type[record];
  }

  /** TTL of a record as it was added, in seconds. */
  public long ttl(int record) {
    return ttl[record];
  }

  /** Whether {@link ZoneEditor#add} found the record there already, from before or among these. */
  public boolean isDuplicate(int record) {
    return duplicate[record];
  }

  /** Whether {@link ZoneEditor#add} found another TTL in the record's RRset (RFC 2181 5.2). */
  public boolean isOfOtherTtl(int record) {
    return otherTtl[record];
  }

  byte[] owner() {
    return owner;
  }

  int ownerLength() {
    return ownerLength;
  }

  /** Whether a record before this one has its type: then {@link #rrset} has taken both. */
  boolean isTaken(int record) {
    for (int i = 0; i < record; i++) {
      if (type[i] == type[record]) {
        return true;
      }
    }
    return false;
  }

  /**
   * The RRset of all records of this type, with those that {@code node} has of it.
   *
   * @throws RrsetTooLargeException when no DNS message could carry it
   */
  Rrset rrset(int wanted, byte @Nullable [] node, Management management) {
    var parts = new ArrayList<Part>(2);
    long smallest = node == null ? Rrset.TTL_MAX : present(parts, node, wanted);
    for (int i = 0; i < count; i++) {
      if (type[i] == wanted) {
        otherTtl[i] = !parts.isEmpty() && ttl[i] != smallest;
        parts.add(new Part(rdata, from[i], from[i + 1] - from[i], i));
        smallest = Math.min(smallest, ttl[i]);
      }
    }
    List<Part> distinct = parts.size() == 1 ? parts : distinct(parts, wanted);
    long octets = 0;
    for (Part part : distinct) {
      octets += Rrset.RR_HEADER_OCTETS + part.length;
    }
    if (octets > Rrset.BODY_OCTETS_MAX) {
      throw new RrsetTooLargeException(wanted, (int) Math.min(octets, Integer.MAX_VALUE));
    }
    byte[] body = new byte[(int) octets];
    int at = 0;
    for (Part part : distinct) {
      at = Rrset.putRecord(body, at, wanted, smallest, part.octets, part.from, part.length);
    }
    return new Rrset(wanted, management, distinct.size(), body);
  }

  private static long present(List<Part> parts, byte[] node, int wanted) {
    int found = PackedNode.find(node, wanted);
    if (found < 0) {
      return Rrset.TTL_MAX;
    }
    int at = PackedNode.bodyAt(found);
    long presentTtl = Rrset.ttlAt(node, at);
    for (int left = PackedNode.count(node, found); left > 0; left--) {
      int start = at + Rrset.RR_HEADER_OCTETS;
      int length = (node[start - 2] & 0xFF) << 8 | (node[start - 1] & 0xFF);
      parts.add(new Part(node, start, length, -1));
      at = start + length;
    }
    return presentTtl;
  }

  /** In canonical order, the first of equal ones; marks the others. */
  private List<Part> distinct(List<Part> parts, int wanted) {
    if (!Rrset.isCanonicalAsItIs(wanted)) {
      parts.forEach(part -> part.canonical = canonical(wanted, part));
    }
    // Stable: of equal records the one that came first stays, with its spelling.
    parts.sort(ORDER);
    var distinct = new ArrayList<Part>(parts.size());
    for (Part part : parts) {
      if (distinct.isEmpty() || ORDER.compare(distinct.getLast(), part) != 0) {
        distinct.add(part);
      } else if (part.record >= 0) {
        duplicate[part.record] = true;
      }
    }
    return distinct;
  }

  private static byte[] canonical(int type, Part part) {
    byte[] octets = Arrays.copyOfRange(part.octets, part.from, part.from + part.length);
    try {
      return Record.newRecord(Name.root, type, DClass.IN, 0, octets).rdataToWireCanonical();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("RDATA that is none of " + Type.string(type), e);
    }
  }

  /** The owner as a name, for messages. */
  public Name name() {
    try {
      return new Name(Arrays.copyOf(owner, ownerLength));
    } catch (IOException e) {
      throw new IllegalStateException("an owner that is no name", e);
    }
  }

  /** The RDATA of one record while its RRset is put in order. */
  private static final class Part {
    private final byte[] octets;
    private final int from;
    private final int length;
    private final int record;
    private byte @Nullable [] canonical;

    Part(byte[] octets, int from, int length, int record) {
      this.octets = octets;
      this.from = from;
      this.length = length;
      this.record = record;
    }

    private int compare(Part other) {
      byte[] one = canonical;
      byte[] two = other.canonical;
      return one != null && two != null
          ? Arrays.compareUnsigned(one, two)
          : Arrays.compareUnsigned(
              octets, from, from + length, other.octets, other.from, other.from + other.length);
    }
  }
}
