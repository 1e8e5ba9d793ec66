package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.homeport.nameserver.query.Asker.Carrier;
import net.homeport.testkit.DnsQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Type;

/** Whatever comes, the full lane answers something sensible or nothing, and never throws. */
final class FullLaneGarbageTest {
  private static final int ROUNDS = 30_000;

  private final FullLane lane = new FullLane(() -> ConfZone.SNAPSHOT, Askers.SETTINGS);

  private static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String name :
        List.of(
            "www.conf.test.",
            "nope.conf.test.",
            "alias.dn.conf.test.",
            "host.deleg.conf.test.",
            "big.conf.test.",
            ".")) {
      DnsQuery query = DnsQuery.of(name, Type.A);
      seeds.add(query.octets());
      seeds.add(query.edns(1232).octets());
      seeds.add(
          query
              .opt(4096, 0, 0, DnsQuery.DO, (byte) 0, (byte) 10, (byte) 0, (byte) 1, (byte) 7)
              .octets());
      seeds.add(query.counts(1, 1, 1, 1).trailing(query.edns(1232).rest()).octets());
    }
    return seeds;
  }

  private static byte[] damaged(byte[] message, SplittableRandom random) {
    byte[] damaged =
        Arrays.copyOf(
            message, random.nextInt(4) == 0 ? random.nextInt(message.length + 20) : message.length);
    for (int left = random.nextInt(5); left > 0 && damaged.length > 0; left--) {
      // Most of it in the counts and the question, where it matters.
      int at =
          random.nextInt(2) == 0
              ? random.nextInt(damaged.length)
              : random.nextInt(Math.min(damaged.length, 32));
      damaged[at] = (byte) (random.nextInt(3) == 0 ? 0xC0 : random.nextInt(256));
    }
    return damaged;
  }

  @ParameterizedTest
  @EnumSource
  void damagedQueriesNeverBreakIt(Carrier carrier) {
    var random = new SplittableRandom(20260101);
    List<byte[]> seeds = seeds();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] request = damaged(seeds.get(random.nextInt(seeds.size())), random);
      check(request, carrier, round);
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomOctetsNeverBreakIt(Carrier carrier) {
    var random = new SplittableRandom(20260102);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] request = new byte[random.nextInt(80)];
      random.nextBytes(request);
      if (request.length > 2) {
        request[2] &= 0x07; // a query, as a rule
      }
      check(request, carrier, round);
    }
  }

  private void check(byte[] request, Carrier carrier, int round) {
    byte[] answer;
    try {
      answer = lane.answer(request, Askers.by(carrier));
    } catch (RuntimeException | Error e) {
      throw new AssertionError("round %d: %s".formatted(round, Arrays.toString(request)), e);
    }
    boolean isRequest = request.length >= 12 && (request[2] & 0x80) == 0;
    assertThat(answer != null).as("round %d", round).isEqualTo(isRequest);
    if (answer == null) {
      return;
    }
    Said said = Said.of(answer);
    assertThat(said.flags()).as("round %d", round).startsWith("qr");
    assertThat(said.rcode()).as("round %d", round).isNotEqualTo("SERVFAIL");
    assertThat(answer[0]).isEqualTo(request[0]);
    assertThat(answer[1]).isEqualTo(request[1]);
    assertThat(said.message().getHeader().getOpcode()).isEqualTo((request[2] >> 3) & 0xF);
    assertThat(answer.length).isLessThanOrEqualTo(carrier == Carrier.UDP ? 1232 : 65535);
    if (said.message().getHeader().getOpcode() != Opcode.QUERY) {
      assertThat(said.rcode()).isEqualTo("NOTIMP");
    }
  }

  @Test
  void aHeaderThatLiesAboutItsCountsCostsNoMemory() {
    byte[] request =
        DnsQuery.of("www.conf.test.", Type.A).counts(65535, 65535, 65535, 65535).octets();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 100; i++) {
      assertThat(lane.answer(request, Askers.UDP)).isNotNull();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    byte[] answer = lane.answer(request, Askers.UDP);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(20_000);
    assertThat(Said.of(answer).rcode()).isEqualTo("FORMERR");
  }
}
