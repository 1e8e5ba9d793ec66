package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.homeport.testkit.DnsQuery;
import net.homeport.zone.ZoneSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Type;

/** The lane for the usual query: what it takes, what it leaves, and what it costs. */
final class FastLaneTest {
  private static final int CAPACITY = 1500;
  // No cut, no wildcard: as the zones of most people.
  private static final ZoneSnapshot PLAIN =
      ConfZone.with(
          ZoneSnapshot.empty(5),
          "plain.test.",
          """
          $TTL 60
          @ SOA ns host 1 2 3 4 300
          @ NS ns
          www A 192.0.2.1
          www AAAA 2001:db8::1
          a.ent A 192.0.2.2
          alias CNAME www
          """
              + "big TXT "
              + "\""
              + "b".repeat(250)
              + "\" "
              + "\""
              + "c".repeat(250)
              + "\"\n");

  private final Slot slot = new Slot();
  private final FastLane plain = FastLane.ofDatagrams(PLAIN, Askers.SETTINGS);
  private final FastLane conf = FastLane.ofDatagrams(ConfZone.SNAPSHOT, Askers.SETTINGS);

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "www.plain.test.,    1,    NOERROR,  1",
    "WWW.Plain.TEST.,    28,   NOERROR,  1",
    "plain.test.,        6,    NOERROR,  1",
    "plain.test.,        2,    NOERROR,  1",
    "alias.plain.test.,  5,    NOERROR,  1",
    "www.plain.test.,    15,   NOERROR,  0",
    "www.plain.test.,    65,   NOERROR,  0",
    "ent.plain.test.,    1,    NOERROR,  0",
    "nobody.plain.test., 1,    NXDOMAIN, 0",
    "x.www.plain.test.,  28,   NXDOMAIN, 0",
  })
  void takesTheUsualQueryWithAndWithoutEdns(String name, int type, String rcode, int answers) {
    DnsQuery query = DnsQuery.of(name, type).flags(DnsQuery.RD);
    for (DnsQuery asked : List.of(query, query.edns(1232), query.edns(512), query.edns(65535))) {
      Said said = Said.of(slot.answer(plain, asked.octets(), CAPACITY));
      assertThat(said.rcode()).isEqualTo(rcode);
      assertThat(said.flags()).isEqualTo("qr aa rd");
      assertThat(said.answer()).hasSize(answers);
      assertThat(said.authority()).hasSize(1 - answers);
      assertThat(said.opt() != null).isEqualTo(!Arrays.equals(asked.octets(), query.octets()));
    }
  }

  @Test
  void takesNamesBesideCutsAndWildcardsAsWell() {
    assertThat(slot.answer(conf, DnsQuery.of("www.conf.test.", Type.A).octets(), CAPACITY))
        .isNotNull();
    assertThat(slot.answer(conf, DnsQuery.of("www.conf.test.", Type.MX).octets(), CAPACITY))
        .isNotNull();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "alias.conf.test.,     1", // CNAME
    "x.wildcname.conf.test., 1", // wildcard CNAME
    "whoami.conf.test.,    1", // not of the zone
    "www.dn.conf.test.,    1", // below a DNAME
    "x.deleg.conf.test.,   1", // below a cut
    "deleg.conf.test.,     2", // at a cut
    "deleg.conf.test.,     43", // DS: the parent's side
    "www.not-ours.test.,   1", // not our zone
    "big.conf.test.,       16", // too large
    "www.conf.test.,       0",
    "www.conf.test.,       41",
    "www.conf.test.,       128",
    "www.conf.test.,       252",
    "www.conf.test.,       255",
  })
  void leavesTheUnusualToTheFullLane(String name, int type) {
    assertThat(slot.answer(conf, DnsQuery.of(name, type).octets(), CAPACITY)).isNull();
    assertThat(slot.answer(conf, DnsQuery.of(name, type).edns(1232).octets(), CAPACITY)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x8000, 0x0800, 0x2800, 0x7800, 0x0400, 0x0200, 0x0001, 0x000F})
  void leavesOddFlagsToTheFullLane(int flags) {
    byte[] query = DnsQuery.of("www.plain.test.", Type.A).flags(flags).octets();
    assertThat(slot.answer(plain, query, CAPACITY)).isNull();
  }

  @Test
  void leavesOddMessagesToTheFullLane() {
    DnsQuery query = DnsQuery.of("www.plain.test.", Type.A);
    for (DnsQuery odd :
        List.of(
            query.inClass(3),
            query.inClass(255),
            query.counts(0, 0, 0, 0),
            query.counts(2, 0, 0, 0),
            query.counts(1, 1, 0, 0),
            query.counts(1, 0, 1, 0),
            query.counts(1, 0, 0, 1),
            query.counts(1, 0, 0, 2),
            query.trailing((byte) 0),
            query.edns(1232).trailing((byte) 0),
            query.edns(1232).edns(1232),
            query.opt(1232, 0, 1, 0),
            query.opt(1232, 1, 1, 0),
            query.opt(1232, 0, 0, 0, cookie(7)),
            query.opt(1232, 0, 0, 0, cookie(9)),
            query.opt(1232, 0, 0, 0, cookie(15)),
            query.opt(1232, 0, 0, 0, cookie(41)),
            query.opt(1232, 0, 0, 0, Arrays.copyOf(cookie(8), 11)),
            query.opt(1232, 0, 0, 0, Arrays.copyOf(cookie(8), 13)),
            query.opt(1232, 0, 0, 0, Arrays.copyOf(cookie(8), 24)),
            query.opt(1232, 0, 0, 0, (byte) 0, (byte) 3, (byte) 0, (byte) 0))) {
      assertThat(slot.answer(plain, odd.octets(), CAPACITY)).as(odd.toString()).isNull();
    }
  }

  private static byte[] cookie(int octets) {
    byte[] option = new byte[4 + octets];
    option[1] = EDNSOption.Code.COOKIE;
    option[3] = (byte) octets;
    return option;
  }

  @Test
  void takesFlagsAndCookiesOfUsualResolvers() {
    DnsQuery query = DnsQuery.of("www.plain.test.", Type.A);
    for (DnsQuery usual :
        List.of(
            query.opt(1232, 0, 0, DnsQuery.DO),
            query.opt(4096, 1, 0, 1),
            query.opt(1232, 0, 0, DnsQuery.DO, cookie(8)),
            query.opt(1232, 0, 0, 0, cookie(16)),
            query.opt(1232, 0, 0, 0, cookie(24)),
            query.opt(1232, 0, 0, 0, cookie(40)))) {
      assertThat(slot.answer(plain, usual.octets(), CAPACITY)).as(usual.toString()).isNotNull();
    }
  }

  @Test
  void takesWildcards() {
    byte[] synthesised = DnsQuery.of("Foo.wild.conf.test.", Type.A).octets();
    Said said = Said.of(slot.answer(conf, synthesised, CAPACITY));
    assertThat(said.answer()).singleElement().asString().startsWith("Foo.wild.conf.test. ");
    byte[] absent = DnsQuery.of("nope.conf.test.", Type.A).octets();
    assertThat(Said.of(slot.answer(conf, absent, CAPACITY)).rcode()).isEqualTo("NXDOMAIN");
    byte[] noData = DnsQuery.of("foo.wild.conf.test.", Type.MX).octets();
    assertThat(Said.of(slot.answer(conf, noData, CAPACITY)).rcode()).isEqualTo("NOERROR");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 24})
  void neverWritesMoreThanTheSlotHolds(int cookie) {
    byte[] query =
        cookie == 0
            ? DnsQuery.of("www.plain.test.", Type.A).edns(1232).octets()
            : DnsQuery.of("www.plain.test.", Type.A).opt(1232, 0, 0, 0, cookie(cookie)).octets();
    int needed = Objects.requireNonNull(slot.answer(plain, query, CAPACITY)).length;
    for (int capacity = query.length; capacity < needed; capacity++) {
      assertThat(slot.answer(plain, query, capacity)).as("capacity %d", capacity).isNull();
    }
    assertThat(slot.answer(plain, query, needed)).hasSize(needed);
  }

  @Test
  void leavesTruncationToTheFullLane() {
    DnsQuery query = DnsQuery.of("big.plain.test.", Type.TXT);
    assertThat(slot.answer(plain, query.octets(), CAPACITY)).isNull();
    assertThat(slot.answer(plain, query.edns(512).octets(), CAPACITY)).isNull();
    assertThat(slot.answer(plain, query.edns(1232).octets(), CAPACITY)).isNotNull();
  }

  @Test
  void takesTheLongestNames() {
    // RFC 1035 2.3.4: 255 octets; the pointer to the apex lies far behind.
    String label = "x".repeat(61);
    String longest = "%s.%s.%s.%s.plain.test.".formatted(label, label, label, "y".repeat(56));
    DnsQuery query = DnsQuery.of(longest, Type.A);
    assertThat(query.question()).hasSize(255 + 4);
    for (DnsQuery asked : List.of(query, query.edns(1232))) {
      Said said = Said.of(slot.answer(plain, asked.octets(), CAPACITY));
      assertThat(said.rcode()).isEqualTo("NXDOMAIN");
      assertThat(said.authority()).singleElement().asString().startsWith("plain.test. 60 SOA");
    }
  }

  @Test
  void answersFromTheSnapshotItWasGivenLast() {
    ZoneSnapshot next =
        ConfZone.with(
            PLAIN, "plain.test.", "@ 60 SOA a b 2 1 1 1 1\n@ 60 NS a\nwww 60 A 192.0.2.9\n");
    byte[] query = DnsQuery.of("www.plain.test.", Type.A).octets();
    plain.use(next, Askers.NOW.getEpochSecond());
    assertThat(Said.of(slot.answer(plain, query, CAPACITY)).answer())
        .containsExactly("www.plain.test. 60 A 192.0.2.9");
  }

  @Test
  void garbageNeverBreaksIt() {
    var random = new SplittableRandom(20260103);
    var full = new FullLane(() -> PLAIN, Askers.SETTINGS);
    byte[] seed = DnsQuery.of("www.plain.test.", Type.A).edns(1232).octets();
    int answered = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] octets =
          Arrays.copyOf(seed, random.nextInt(8) == 0 ? random.nextInt(600) : seed.length);
      for (int left = random.nextInt(4); left > 0 && octets.length > 0; left--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      int capacity = octets.length + random.nextInt(200);
      byte[] answer = slot.answer(plain, octets, capacity);
      if (answer != null) {
        answered++;
        assertThat(Arrays.copyOf(answer, 12))
            .as("round %d: %s", round, Arrays.toString(octets))
            .isEqualTo(Arrays.copyOf(Said.of(full.answer(octets, Askers.UDP)).octets(), 12));
      }
    }
    assertThat(answered).isPositive();
  }

  @Test
  void aQueryAllocatesNothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<byte[]> queries = new ArrayList<>();
    for (String name : List.of("www.plain.test.", "ent.plain.test.", "nobody.plain.test.")) {
      for (int type : new int[] {Type.A, Type.AAAA, Type.MX}) {
        queries.add(DnsQuery.of(name, type).octets());
        queries.add(DnsQuery.of(name, type).edns(1232).octets());
        queries.add(DnsQuery.of(name, type).opt(1232, 0, 0, DnsQuery.DO, cookie(24)).octets());
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slab = arena.allocate(CAPACITY);
      long least = Long.MAX_VALUE;
      // The first rounds warm up; one without any allocation proves that none is needed.
      for (int round = 0; round < 200 && least > 0; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        ask(queries, slab);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).as("octets for %d queries", 1000 * queries.size()).isZero();
    }
  }

  private void ask(List<byte[]> queries, MemorySegment slab) {
    int answered = 0;
    for (int i = 0; i < 1000; i++) {
      for (int q = 0; q < queries.size(); q++) {
        byte[] query = queries.get(q);
        MemorySegment.copy(query, 0, slab, ValueLayout.JAVA_BYTE, 0, query.length);
        answered += plain.answer(slab, 0, query.length, CAPACITY, 0, Askers.LOW) > 0 ? 1 : 0;
      }
    }
    if (answered != 1000 * queries.size()) {
      throw new AssertionError("the fast lane left some queries: " + answered);
    }
  }
}
