package net.homeport.nameserver.query;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.homeport.zone.NameKey;
import net.homeport.zone.PackedNode;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Answers the usual query in place, without allocation: one question of class IN, with no EDNS
 * option but a cookie, about a name whose RRset, or whose absence, needs no alias or referral.
 * Everything else it leaves to the {@link FullLane}, whose answer it never contradicts.
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
  private static final long ONE_QUESTION = 1L << 48;
  private static final long ONE_QUESTION_AND_OPT = ONE_QUESTION | 1;
  private static final int FLAGS_BUT_RD = 0xFE00;
  private static final int FLAG_RD = 0x0100;
  private static final int FLAG_QR = 0x8000;
  private static final int FLAG_TC = 0x0200;
  private static final int FLAGS_RESPONSE = 0x8400;
  private static final int RCODE_MASK = 0x000F;
  private static final int CLASS_IN = 1;
  private static final int FIRST_QTYPE = 128;
  private static final int LAST_QTYPE = 255;
  private static final int POINTER = 0xC000;
  private static final byte[] WHOAMI = {6, 'w', 'h', 'o', 'a', 'm', 'i'};

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final NameServerSettings settings;
  private final FastEdns edns;
  private ZoneSnapshot snapshot;
  private NameKey key;
  private long subject;

  private FastLane(ZoneSnapshot snapshot, NameServerSettings settings, FastEdns edns) {
    this.settings = settings;
    this.edns = edns;
    this.snapshot = snapshot;
    this.key = snapshot.newKey();
  }

  /** A lane for datagrams, from {@code snapshot} until {@link #use} gives it another. */
  public static FastLane ofDatagrams(ZoneSnapshot snapshot, NameServerSettings settings) {
    return new FastLane(snapshot, settings, FastEdns.ofDatagrams(settings.cookies()));
  }

  /** A lane for streams: any length, but no options, cookies being for datagrams. */
  public static FastLane ofStreams(ZoneSnapshot snapshot, NameServerSettings settings) {
    return new FastLane(snapshot, settings, FastEdns.ofStreams(settings.cookies()));
  }

  /**
   * Answers from this snapshot from now on; it descends from the one before.
   *
   * @param second the time, for cookies: seconds since 1970
   */
  public void use(ZoneSnapshot next, long second) {
    snapshot = next;
    edns.timeIs(second);
  }

  /**
   * What the last answer is about, as a hash: the name if it exists, else the zone. For {@link
   * ResponseRateLimit}.
   */
  long subject() {
    return subject;
  }

  /** The EDNS of the last query that was answered. */
  FastEdns edns() {
    return edns;
  }

  /**
   * Turns the query of {@code length} octets at {@code at} into its answer, in place.
   *
   * @param capacity octets from {@code at} that may be written
   * @param high the first 64 bits of the asker's address, IPv4 as {@code ::ffff:a.b.c.d}
   * @param low the last 64 bits
   * @return octets of the answer, or {@link #NOT_FOR_ME}; then the query is untouched
   */
  public int answer(MemorySegment slab, long at, int length, int capacity, long high, long low) {
    if (length < HEADER + 1 + QUESTION_TAIL) {
      return NOT_FOR_ME;
    }
    int flags = slab.get(U16, at + 2);
    long counts = slab.get(U64, at + 4);
    boolean hasOpt = counts == ONE_QUESTION_AND_OPT;
    if ((flags & (FLAGS_BUT_RD | RCODE_MASK)) != 0 || !(hasOpt || counts == ONE_QUESTION)) {
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
    boolean isRead =
        hasOpt
            ? edns.read(slab, at + questionEnd, length - questionEnd, high, low)
            : edns.none(length - questionEnd);
    return isRead
        ? answer(slab, at, flags, type, questionEnd, Math.min(edns.limit(), capacity))
        : NOT_FOR_ME;
  }

  private static boolean isUnusual(int type) {
    return type == 0
        || type == Type.DS
        || type == Type.OPT
        || (type >= FIRST_QTYPE && type <= LAST_QTYPE);
  }

  private int answer(MemorySegment slab, long at, int flags, int type, int questionEnd, int limit) {
    Zone zone = snapshot.zoneOf(key);
    if (zone == null || zone.isBeyondCut(key)) {
      return NOT_FOR_ME;
    }
    byte[] node = zone.node(key);
    boolean isNameOfAnswer = node != null;
    if (node == null) {
      if (isWhoami(zone)) {
        return NOT_FOR_ME;
      }
      node = zone.hasWildcards() ? zone.wildcardNode(key) : null;
    }
    int found = node == null ? -1 : PackedNode.find(node, type);
    if (node != null && found < 0 && PackedNode.find(node, Type.CNAME) >= 0) {
      return NOT_FOR_ME;
    }

    boolean positive = found >= 0;
    byte[] records;
    int from;
    int octets;
    long answers;
    if (node != null && positive) {
      records = node;
      from = PackedNode.bodyAt(found);
      octets = PackedNode.bodyLength(node, found);
      answers = PackedNode.count(node, found);
    } else {
      records = zone.negativeSoa();
      from = 0;
      octets = records.length;
      answers = 0;
    }
    int end = questionEnd + octets;
    if (end + edns.answerOctets() > limit) {
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
    long additional = edns.isPresent() ? 1 : 0;
    slab.set(U64, at + 4, ONE_QUESTION | answers << 32 | authority << 16 | additional);
    subject = positive && isNameOfAnswer ? key.hash() : zone.apexHash();
    return end + edns.write(slab, at + end, Rcode.NOERROR);
  }

  /** Whether the name, which does not exist, tells an asker its address; the other lane does. */
  private boolean isWhoami(Zone zone) {
    return settings.whoami()
        && key.length() - zone.apexLength() == WHOAMI.length
        && Arrays.equals(key.buffer(), 0, WHOAMI.length, WHOAMI, 0, WHOAMI.length);
  }

  /**
   * Shortens the last answer, for an asker who has had too many: a fresh cookie to ask again with
   * (RFC 7873 5.2.3), or else the word to ask by TCP.
   *
   * @param at where the answer begins
   * @return its octets now
   */
  int shorten(MemorySegment slab, long at) {
    int questionEnd = HEADER + key.length() + QUESTION_TAIL;
    int flags = slab.get(U16, at + 2);
    int rcode = edns.hasCookie() ? Rcode.BADCOOKIE : flags & RCODE_MASK;
    int truncated = edns.hasCookie() ? 0 : FLAG_TC;
    int kept = FLAG_QR | (flags & FLAG_RD);
    slab.set(U16, at + 2, (short) (kept | truncated | (rcode & RCODE_MASK)));
    slab.set(U64, at + 4, edns.isPresent() ? ONE_QUESTION_AND_OPT : ONE_QUESTION);
    return questionEnd + edns.write(slab, at + questionEnd, rcode);
  }
}
