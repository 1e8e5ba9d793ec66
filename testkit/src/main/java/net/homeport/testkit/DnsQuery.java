package net.homeport.testkit;

import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A query message as octets, each field open to a test, the wrong values too. Immutable: each
 * method gives another query.
 *
 * @param id message ID
 * @param flags the header's third and fourth octet (RFC 1035 4.1.1)
 * @param counts QDCOUNT, ANCOUNT, NSCOUNT, ARCOUNT as the header tells them
 * @param question octets of the question section
 * @param rest octets behind the question
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DnsQuery(int id, int flags, int[] counts, byte[] question, byte[] rest) {
  /** The ID of a query unless told otherwise. */
  public static final int ID = 0x1234;

  /** Recursion desired. */
  public static final int RD = 0x0100;

  /** EDNS flag DO (RFC 3225). */
  public static final int DO = 0x8000;

  private static final int OPT_HEADER = 11;

  /** A question of class IN, without flags and without EDNS. */
  public static DnsQuery of(String name, int type) {
    return of(DnsText.name(name), type);
  }

  /** A question of class IN, without flags and without EDNS. */
  public static DnsQuery of(Name name, int type) {
    return of(name.toWire(), type, DClass.IN);
  }

  /** A question whose name is any octets. */
  public static DnsQuery of(byte[] name, int type, int dclass) {
    var question = new DNSOutput();
    question.writeByteArray(name);
    question.writeU16(type);
    question.writeU16(dclass);
    return new DnsQuery(ID, 0, new int[] {1, 0, 0, 0}, question.toByteArray(), new byte[0]);
  }

  /** The same question in another class. */
  public DnsQuery inClass(int dclass) {
    byte[] changed = question.clone();
    changed[changed.length - 2] = (byte) (dclass >>> 8);
    changed[changed.length - 1] = (byte) dclass;
    return new DnsQuery(id, flags, counts, changed, rest);
  }

  /** With these header flags. */
  public DnsQuery flags(int value) {
    return new DnsQuery(id, value, counts, question, rest);
  }

  /** With this opcode. */
  public DnsQuery opcode(int opcode) {
    return flags((flags & ~0x7800) | (opcode << 11));
  }

  /** With other counts in the header, whatever follows it. */
  public DnsQuery counts(int questions, int answers, int authorities, int additionals) {
    int[] told = {questions, answers, authorities, additionals};
    return new DnsQuery(id, flags, told, question, rest);
  }

  /** With a plain OPT record (RFC 6891 6.1.2) that announces this payload. */
  public DnsQuery edns(int payload) {
    return opt(payload, 0, 0, 0);
  }

  /** With an OPT record. */
  public DnsQuery opt(int payload, int extendedRcode, int version, int ednsFlags, byte... options) {
    var out = new DNSOutput(OPT_HEADER + options.length);
    out.writeU8(0);
    out.writeU16(Type.OPT);
    out.writeU16(payload);
    out.writeU8(extendedRcode);
    out.writeU8(version);
    out.writeU16(ednsFlags);
    out.writeU16(options.length);
    out.writeByteArray(options);
    return additional(out.toByteArray());
  }

  /** With one more record, of any octets, in the additional section. */
  public DnsQuery additional(byte[] record) {
    int[] told = counts.clone();
    told[3]++;
    return new DnsQuery(id, flags, told, question, joined(rest, record));
  }

  /** With octets behind the message that no count tells of. */
  public DnsQuery trailing(byte... octets) {
    return new DnsQuery(id, flags, counts, question, joined(rest, octets));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** The message. */
  public byte[] octets() {
    var out = new DNSOutput();
    out.writeU16(id);
    out.writeU16(flags);
    for (int count : counts) {
      out.writeU16(count);
    }
    out.writeByteArray(question);
    out.writeByteArray(rest);
    return out.toByteArray();
  }
}
