package net.homeport.nameserver.query;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import net.homeport.zone.NameKey;
import net.homeport.zone.PackedNode;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Answers the usual query in place, without allocation: one question of class IN without options,
 * about a name whose RRset, or whose absence, needs no alias, wildcard or referral. Everything else
 * it leaves to the {@link FullLane}, whose answer it never contradicts.
 *
 * <p>One instance a thread.
 */
/*
 * How the answer is made. Request and answer share one slot: the question stays where it is, with
 * the asker's letter case (so a resolver's 0x20 check holds), the records are copied behind it as
 * the zone keeps them - each begins with a pointer to offset 12, the question's name - and the header
 * is rewritten last. A negative answer gets the zone's SOA record, its pointer moved to where the apex
 * stands in the question.
 */
public final class FastLane {
  /** What {@link #answer} returns for a query that is not for this lane. */
  public static final int NOT_FOR_ME = 0;

  private static final int HEADER = 12;
  private static final int QUESTION_TAIL = 4;
  private static final int OPT_OCTETS = 11;
  private static final long ONE_QUESTION = 1L << 48;
  private static final long ONE_QUESTION_AND_OPT = ONE_QUESTION | 1;
  private static final int FLAGS_BUT_RD = 0xFE00;
  private static final int FLAG_RD = 0x0100;
  private static final int FLAGS_RESPONSE = 0x8400;
  private static final int RCODE_MASK = 0x000F;
  private static final int CLASS_IN = 1;
  private static final int FIRST_QTYPE = 128;
  private static final int LAST_QTYPE = 255;
  private static final int POINTER = 0xC000;

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private ZoneSnapshot snapshot;
  private NameKey key;

  /** A lane that answers from {@code snapshot} until {@link #use} gives it another. */
  public FastLane(ZoneSnapshot snapshot) {
    this.snapshot = snapshot;
    this.key = snapshot.newKey();
  }

  /** Answers from this snapshot from now on; it descends from the one before. */
  public void use(ZoneSnapshot next) {
    snapshot = next;
  }

  /**
   * Turns the query of {@code length} octets at {@code at} into its answer, in place.
   *
   * @param capacity octets from {@code at} that may be written
   * @return octets of the answer, or {@link #NOT_FOR_ME}; then the query is untouched
   */
  public int answer(MemorySegment slab, long at, int length, int capacity) {
    if (length < HEADER + 1 + QUESTION_TAIL) {
      return NOT_FOR_ME;
    }
    int flags = slab.get(U16, at + 2);
    long counts = slab.get(U64, at + 4);
    boolean edns = counts == ONE_QUESTION_AND_OPT;
    if ((flags & (FLAGS_BUT_RD | RCODE_MASK)) != 0 || !(edns || counts == ONE_QUESTION)) {
      return NOT_FOR_ME;
    }
    int nameOctets = Math.min(NameKey.MAX_OCTETS, length - HEADER - QUESTION_TAIL);
    MemorySegment.copy(slab, ValueLayout.JAVA_BYTE, at + HEADER, key.buffer(), 0, nameOctets);
    if (!key.index(nameOctets)) {
      return NOT_FOR_ME;
    }
    int questionEnd = HEADER + key.length() + QUESTION_TAIL;
    int type = slab.get(U16, at + questionEnd - 4) & 0xFFFF;
    int qclass = slab.get(U16, at + questionEnd - 2) & 0xFFFF;
    if (qclass != CLASS_IN || isUnusual(type)) {
      return NOT_FOR_ME;
    }
    int limit = ResponseSize.WITHOUT_EDNS;
    if (edns) {
      limit = payloadOf(slab, at + questionEnd, length - questionEnd);
    } else if (length != questionEnd) {
      return NOT_FOR_ME;
    }
    if (limit == NOT_FOR_ME) {
      return NOT_FOR_ME;
    }
    return answer(slab, at, flags, type, questionEnd, edns, Math.min(limit, capacity));
  }

  private static boolean isUnusual(int type) {
    return type == 0
        || type == Type.DS
        || type == Type.OPT
        || (type >= FIRST_QTYPE && type <= LAST_QTYPE);
  }

  /** The payload limit of a plain OPT record that ends the message; else NOT_FOR_ME. */
  private static int payloadOf(MemorySegment slab, long opt, int octets) {
    if (octets != OPT_OCTETS
        || slab.get(ValueLayout.JAVA_BYTE, opt) != 0
        || slab.get(U16, opt + 1) != Type.OPT
        // Extended RCODE, version, flags (DO) and RDLENGTH all zero: 6 octets from opt + 5.
        || (slab.get(U64, opt + 3) & 0x0000FFFFFFFFFFFFL) != 0) {
      return NOT_FOR_ME;
    }
    return ResponseSize.forPayload(slab.get(U16, opt + 3) & 0xFFFF);
  }

  private int answer(
      MemorySegment slab, long at, int flags, int type, int questionEnd, boolean edns, int limit) {
    Zone zone = snapshot.zoneOf(key);
    if (zone == null || zone.isBeyondCut(key)) {
      return NOT_FOR_ME;
    }
    byte[] node = zone.node(key);
    int found = -1;
    if (node != null) {
      found = PackedNode.find(node, type);
      if (found < 0 && PackedNode.find(node, Type.CNAME) >= 0) {
        return NOT_FOR_ME;
      }
    } else if (zone.hasWildcards()) {
      return NOT_FOR_ME;
    }

    boolean positive;
    byte[] records;
    int from;
    int octets;
    long answers;
    if (node != null && found >= 0) {
      positive = true;
      records = node;
      from = PackedNode.bodyAt(found);
      octets = PackedNode.bodyLength(node, found);
      answers = PackedNode.count(node, found);
    } else {
      positive = false;
      records = zone.negativeSoa();
      from = 0;
      octets = records.length;
      answers = 0;
    }
    int end = questionEnd + octets;
    if (end + (edns ? OPT_OCTETS : 0) > limit) {
      return NOT_FOR_ME;
    }
    MemorySegment.copy(records, from, slab, ValueLayout.JAVA_BYTE, at + questionEnd, octets);
    if (!positive) {
      int apexAt = HEADER + key.length() - zone.apexLength();
      slab.set(U16, at + questionEnd, (short) (POINTER | apexAt));
    }
    int rcode = node == null ? Rcode.NXDOMAIN : Rcode.NOERROR;
    slab.set(U16, at + 2, (short) (FLAGS_RESPONSE | (flags & FLAG_RD) | rcode));
    long authority = positive ? 0 : 1;
    slab.set(U64, at + 4, ONE_QUESTION | answers << 32 | authority << 16 | (edns ? 1 : 0));
    if (edns) {
      writeOpt(slab, at + end);
      end += OPT_OCTETS;
    }
    return end;
  }

  private static void writeOpt(MemorySegment slab, long opt) {
    slab.set(ValueLayout.JAVA_BYTE, opt, (byte) 0);
    slab.set(U16, opt + 1, (short) Type.OPT);
    slab.set(U16, opt + 3, (short) ResponseSize.PAYLOAD);
    slab.set(ValueLayout.JAVA_INT_UNALIGNED, opt + 5, 0);
    slab.set(U16, opt + 9, (short) 0);
  }
}
