package net.homeport.interop.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A message made by hand; everything in it may be wrong on purpose. Mutable, for one thread. */
public final class Packet {
  /** The ID unless told otherwise. */
  public static final int ID = 0x1234;

  /** Class IN. */
  public static final int IN = 1;

  /** Sections, as indices of the counts in the header. */
  public static final int QUESTION = 0;

  /** The answer section. */
  public static final int ANSWER = 1;

  /** The authority section. */
  public static final int AUTHORITY = 2;

  /** The additional section. */
  public static final int ADDITIONAL = 3;

  /** The DO flag in the TTL field of OPT. */
  public static final int DO = 0x8000;

  private static final int SECTIONS = 4;

  private final List<ByteArrayOutputStream> sections = new ArrayList<>();
  private final int[] counts = new int[SECTIONS];
  private int id = ID;
  private int flags;
  private byte[] tail = {};

  private Packet() {
    for (int section = 0; section < SECTIONS; section++) {
      sections.add(new ByteArrayOutputStream());
    }
  }

  /** Nothing but a header of zeros and an ID. */
  public static Packet empty() {
    return new Packet();
  }

  /** A query of class IN, RD clear, without EDNS, from words such as {@code www.conf.test A}. */
  public static Packet query(String nameAndType) {
    String[] words = nameAndType.split(" ", -1);
    return empty().question(name(words[0]), type(words[1]), IN);
  }

  /** The number of a type by its mnemonic, {@code TYPEn} included. */
  public static int type(String mnemonic) {
    int type = Type.value(mnemonic, true);
    if (type < 0) {
      throw new IllegalArgumentException("no type " + mnemonic);
    }
    return type;
  }

  /** A name in wire form, from presentation form; absolute whether or not it ends in a dot. */
  public static byte[] name(String text) {
    try {
      return Name.fromString(text, Name.root).toWire();
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Octets from hexadecimal digits; spaces are for the eye. */
  public static byte[] hex(String digits) {
    return java.util.HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** An EDNS option. */
  public static byte[] option(int code, byte... value) {
    var out = new ByteArrayOutputStream();
    u16(out, code);
    u16(out, value.length);
    out.writeBytes(value);
    return out.toByteArray();
  }

  /** One array after another. */
  public static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Sets the ID. */
  public Packet id(int newId) {
    id = newId;
    return this;
  }

  /** Sets the 16 bits of flags, opcode and RCODE. */
  public Packet flags(int newFlags) {
    flags = newFlags;
    return this;
  }

  /** Sets the opcode; the flags become zero. */
  public Packet opcode(int opcode) {
    return flags(opcode << 11);
  }

  /** Adds a question. */
  public Packet question(byte[] name, int type, int qclass) {
    ByteArrayOutputStream out = sections.get(QUESTION);
    out.writeBytes(name);
    u16(out, type);
    u16(out, qclass);
    counts[QUESTION]++;
    return this;
  }

  /** Adds a record to a section. */
  public Packet record(int section, byte[] owner, int type, int rclass, int ttl, byte... rdata) {
    ByteArrayOutputStream out = sections.get(section);
    out.writeBytes(owner);
    u16(out, type);
    u16(out, rclass);
    u16(out, ttl >>> 16);
    u16(out, ttl);
    u16(out, rdata.length);
    out.writeBytes(rdata);
    counts[section]++;
    return this;
  }

  /** Adds EDNS: this UDP payload size, version 0, and options. */
  public Packet edns(int size, byte[]... options) {
    return opt(size, 0, options);
  }

  /** Adds EDNS with the 32 bits of extended RCODE, version and flags. */
  public Packet opt(int size, int ttl, byte[]... options) {
    return record(ADDITIONAL, new byte[1], Type.OPT, size, ttl, joined(options));
  }

  /** Lies about the number of records in a section. */
  public Packet count(int section, int count) {
    counts[section] = count;
    return this;
  }

  /** Adds octets to a section as they are, counted as one record. */
  public Packet raw(int section, byte... octets) {
    sections.get(section).writeBytes(octets);
    counts[section]++;
    return this;
  }

  /** Octets behind the last section. */
  public Packet tail(byte... octets) {
    tail = octets;
    return this;
  }

  /** The message. */
  public byte[] octets() {
    var out = new ByteArrayOutputStream();
    u16(out, id);
    u16(out, flags);
    for (int count : counts) {
      u16(out, count);
    }
    for (ByteArrayOutputStream section : sections) {
      out.writeBytes(section.toByteArray());
    }
    out.writeBytes(tail);
    return out.toByteArray();
  }

  /** The first octets of the message. */
  public byte[] cut(int length) {
    return Arrays.copyOf(octets(), length);
  }

  private static void u16(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }
}
