package net.homeport.zone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * An RRset at some owner name, as answer-ready octets: each record begins with a compression
 * pointer to offset 12, where the question's name stands in every answer (RFC 1035 4.1.4), so the
 * same octets serve every asker, whatever letter case the question had. The owner name is not part
 * of it.
 *
 * <p>Immutable. All records have one TTL (RFC 2181 5.2) and stand in canonical order without
 * duplicates (RFC 4034 6.3), so two RRsets with the same records are equal.
 */
public final class Rrset {
  /** Octets before the RDATA of an answer-ready record: pointer, type, class, TTL, RDLENGTH. */
  public static final int RR_HEADER_OCTETS = 12;

  /** Largest body, in octets: what fits in a message beside a header and the longest question. */
  public static final int BODY_OCTETS_MAX = 65_535 - 12 - NameKey.MAX_OCTETS - 4;

  /** Largest TTL (RFC 2181 8). */
  public static final long TTL_MAX = Integer.MAX_VALUE;

  private static final int OWNER_POINTER = 0xC00C;

  private final int type;
  private final Management management;
  private final int count;
  private final byte[] body;

  Rrset(int type, Management management, int count, byte[] body) {
    this.type = type;
    this.management = management;
    this.count = count;
    this.body = body;
  }

  /** An RRset from octets that {@link #body()} of another one gave, such as the store's. */
  public static Rrset ofBody(int type, Management management, int count, byte[] body) {
    return new Rrset(type, management, count, body);
  }

  /**
   * The RRset of these records, which have one type; their owner names do not matter.
   *
   * @param ttl TTL of all of them, in seconds, 0 to {@link #TTL_MAX}
   * @throws RrsetTooLargeException when no DNS message could carry it
   */
  public static Rrset of(List<Record> records, long ttl, Management management) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("an RRset has at least one record");
    }
    if (ttl < 0 || ttl > TTL_MAX) {
      throw new IllegalArgumentException("TTL " + ttl + " is not within 0.." + TTL_MAX);
    }
    int type = records.getFirst().getType();
    var rdataByCanonicalForm = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
    for (Record record : records) {
      rdataByCanonicalForm.putIfAbsent(record.rdataToWireCanonical(), rdata(record));
    }
    var out = new DNSOutput();
    for (byte[] rdata : rdataByCanonicalForm.values()) {
      out.writeU16(OWNER_POINTER);
      out.writeU16(type);
      out.writeU16(DClass.IN);
      out.writeU32(ttl);
      out.writeU16(rdata.length);
      out.writeByteArray(rdata);
      if (out.current() > BODY_OCTETS_MAX) {
        throw new RrsetTooLargeException(type, out.current());
      }
    }
    int count = rdataByCanonicalForm.size();
    return new Rrset(type, management, count, out.toByteArray());
  }

  /**
   * The RRset of these addresses, without a record made of each.
   *
   * @param addresses at least one, all of the family that the type says
   * @param ttl in seconds, 0 to {@link #TTL_MAX}
   * @throws RrsetTooLargeException when no DNS message could carry it
   */
  public static Rrset ofAddresses(
      int type, List<InetAddress> addresses, long ttl, Management management) {
    byte[][] rdata = new byte[addresses.size()][];
    for (int i = 0; i < rdata.length; i++) {
      rdata[i] = addresses.get(i).getAddress();
    }
    return ofAddressData(type, rdata, ttl, management);
  }

  /**
   * Like {@link #ofAddresses(int, List, long, Management)}, of the RDATA of records. Thus an IPv6
   * address stays one that Java takes for an IPv4 one, {@code ::ffff:192.0.2.1}.
   */
  public static Rrset ofAddressData(int type, byte[][] unsorted, long ttl, Management management) {
    byte[][] rdata = unsorted.clone();
    int length = type == Type.A ? 4 : 16;
    for (byte[] one : rdata) {
      if (one.length != length) {
        throw new IllegalArgumentException(
            "%s does not fit %s".formatted(Arrays.toString(one), Type.string(type)));
      }
    }
    if (rdata.length == 0 || ttl < 0 || ttl > TTL_MAX) {
      throw new IllegalArgumentException(rdata.length + " addresses with TTL " + ttl);
    }
    Arrays.sort(rdata, Arrays::compareUnsigned);
    byte[] body = new byte[rdata.length * (RR_HEADER_OCTETS + length)];
    int at = 0;
    for (int i = 0; i < rdata.length; i++) {
      if (i == 0 || !Arrays.equals(rdata[i], rdata[i - 1])) {
        at = putRecord(body, at, type, ttl, rdata[i], 0, length);
      }
    }
    if (at > BODY_OCTETS_MAX) {
      throw new RrsetTooLargeException(type, at);
    }
    int count = at / (RR_HEADER_OCTETS + length);
    return new Rrset(type, management, count, at == body.length ? body : Arrays.copyOf(body, at));
  }

  /**
   * Whether RRsets of this type stand in zones: not type 0, QTYPEs and meta types (RFC 6895 3.1).
   */
  public static boolean isDataType(int type) {
    boolean meta = type >= 128 && type <= 255;
    return type > 0 && type <= 65_535 && !meta && type != Type.OPT;
  }

  /** Octets of a record's RDATA, uncompressed, letter case kept. */
  public static byte[] rdata(Record record) {
    byte[] wire = record.toWire(Section.ANSWER);
    int header = record.getName().length() + (RR_HEADER_OCTETS - 2);
    return Arrays.copyOfRange(wire, header, wire.length);
  }

  /** RR type number. */
  public int type() {
    return type;
  }

  /** What manages it. */
  public Management management() {
    return management;
  }

  /** Number of records, at least 1. */
  public int count() {
    return count;
  }

  /** TTL in seconds. */
  public long ttl() {
    return ttlAt(body, 0);
  }

  /** TTL of the answer-ready record that stands at {@code at}. */
  static long ttlAt(byte[] octets, int at) {
    return ((octets[at + 6] & 0xFFL) << 24)
        | ((octets[at + 7] & 0xFF) << 16)
        | ((octets[at + 8] & 0xFF) << 8)
        | (octets[at + 9] & 0xFF);
  }

  /** Writes an answer-ready record; returns where the next one stands. */
  static int putRecord(byte[] to, int at, int type, long ttl, byte[] rdata, int from, int length) {
    putU16(to, at, OWNER_POINTER);
    putU16(to, at + 2, type);
    putU16(to, at + 4, DClass.IN);
    putU16(to, at + 6, (int) (ttl >>> 16));
    putU16(to, at + 8, (int) ttl);
    putU16(to, at + 10, length);
    System.arraycopy(rdata, from, to, at + RR_HEADER_OCTETS, length);
    return at + RR_HEADER_OCTETS + length;
  }

  private static void putU16(byte[] octets, int at, int value) {
    octets[at] = (byte) (value >>> 8);
    octets[at + 1] = (byte) value;
  }

  /** Whether RDATA of this type holds no names, so that its canonical form is itself. */
  static boolean isCanonicalAsItIs(int type) {
    return type == Type.A || type == Type.AAAA || type == Type.TXT;
  }

  /** The answer-ready records; not to be changed. */
  public byte[] body() {
    return body;
  }

  /** The records, under this owner name. */
  public List<Record> records(Name owner) {
    try {
      var in = new DNSInput(body);
      return Stream.generate(() -> next(in, owner)).limit(count).toList();
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("corrupt RRset of type " + Type.string(type), e);
    }
  }

  private Record next(DNSInput in, Name owner) {
    try {
      in.readU16();
      in.readU16();
      in.readU16();
      long ttl = in.readU32();
      byte[] rdata = in.readByteArray(in.readU16());
      return Record.newRecord(owner, type, DClass.IN, ttl, rdata);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The RDATA of an RRset of type A or AAAA, in canonical order. */
  public byte[][] addressData() {
    if (type != Type.A && type != Type.AAAA) {
      throw new IllegalStateException("addresses of an RRset of type " + Type.string(type));
    }
    byte[][] rdata = new byte[count][];
    int length = body.length / count;
    for (int i = 0; i < count; i++) {
      rdata[i] = Arrays.copyOfRange(body, i * length + RR_HEADER_OCTETS, (i + 1) * length);
    }
    return rdata;
  }

  /** The addresses of an RRset of type A or AAAA, in canonical order. */
  public List<InetAddress> addresses() {
    byte[][] rdata = addressData();
    var addresses = new InetAddress[rdata.length];
    try {
      for (int i = 0; i < rdata.length; i++) {
        addresses[i] = InetAddress.getByAddress(rdata[i]);
      }
    } catch (UnknownHostException e) {
      throw new IllegalStateException("corrupt RRset of type " + Type.string(type), e);
    }
    return List.of(addresses);
  }

  /** The same records under another management. */
  public Rrset managedBy(Management other) {
    return new Rrset(type, other, count, body);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rrset that
        && type == that.type
        && management == that.management
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return management + " " + records(Name.root);
  }
}
