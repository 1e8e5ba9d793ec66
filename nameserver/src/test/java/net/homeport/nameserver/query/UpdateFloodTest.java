package net.homeport.nameserver.query;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.testkit.DnsQuery;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.Requestor.Proof;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.UpdateDoor.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * A flood of UPDATE messages, as it exhausted the memory of others (CVE-2022-3094): what waits is
 * bounded, what is beyond the bound is told at once, and good messages go on being answered.
 */
@Timeout(180)
final class UpdateFloodTest {
  private static final Name ZONE = name("dyn.test.");
  private static final Name KEY = name("key.dyn.test.");
  private static final byte[] SECRET = "only for these tests".getBytes(StandardCharsets.UTF_8);
  private static final TSIG SIGNER = new TSIG(TSIG.HMAC_SHA256, KEY, SECRET);
  private static final int BEYOND = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger waitingMost = new AtomicInteger();
  private final CompletableFuture<Decision> disk = new CompletableFuture<>();
  private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
  private final ZoneSnapshot zones;
  private final Requests requests;
  private final DatagramRequests datagrams;

  UpdateFloodTest() throws Exception {
    ZoneSnapshot empty = ZoneSnapshot.empty(1);
    zones =
        empty.with(
            ZoneText.parse(
                empty, ZONE, "@ 60 SOA ns host 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\n"));
    var doors =
        new RequestDoors(
            wanted ->
                wanted.equals(KEY)
                    ? List.of(new TsigKey(KEY, TsigAlgorithm.HMAC_SHA256, SECRET))
                    : List.of(),
            _ -> List.of(),
            this::propose);
    requests =
        new Requests(
            () -> zones,
            new FullLane(() -> zones, Askers.SETTINGS),
            new NameServerSettings(
                Askers.SETTINGS.identity(),
                Askers.SETTINGS.version(),
                true,
                Askers.SETTINGS.streamIdle(),
                Askers.COOKIES,
                InstantSource.system()),
            DatagramTransfers.NONE,
            doors);
    datagrams = new DatagramRequests(requests);
  }

  /** Nobody may who signs nothing; who signs waits for the disk. */
  private CompletableFuture<Decision> propose(ProposedUpdate update, Requestor requestor) {
    if (requestor.proof() instanceof Proof.None) {
      return CompletableFuture.completedFuture(new Decision.NotAllowed("unsigned"));
    }
    waitingMost.accumulateAndGet(waiting.incrementAndGet(), Math::max);
    return disk.whenComplete((_, _) -> waiting.decrementAndGet());
  }

  private static byte[] update(String label, boolean isSigned) throws Exception {
    var update = new Update(ZONE);
    update.add(Name.fromString(label, ZONE), Type.A, 60, "192.0.2.7");
    if (isSigned) {
      update.setTSIG(SIGNER);
    }
    return update.toWire(Message.MAXLENGTH);
  }

  /** Sends a datagram; its answer is counted. */
  private void send(byte[] message) {
    boolean taken =
        datagrams.take(
            message,
            Askers.UDP,
            _ -> true,
            answer ->
                answers
                    .computeIfAbsent(answer[3] & 0xF, _ -> new AtomicInteger())
                    .incrementAndGet());
    assertThat(taken).isTrue();
  }

  private static void until(String what, BooleanSupplier isSo) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain: %s", what).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private int answered(int rcode) {
    return answers.getOrDefault(rcode, new AtomicInteger()).get();
  }

  private void untilAnswered(int rcode, int count) {
    until("%d answers %s".formatted(count, Rcode.string(rcode)), () -> answered(rcode) == count);
  }

  @Test
  void cve20223094WhatWaitsIsBoundedAndTheRestIsToldAtOnce() throws Exception {
    int most = DatagramRequests.REQUESTS_MAX;
    for (int i = 0; i < most; i++) {
      send(update("h" + i, true));
    }
    for (int i = 0; i < BEYOND; i++) {
      send(update("beyond" + i, true));
      assertThat(answered(Rcode.SERVFAIL)).as("at once").isEqualTo(i + 1);
    }
    byte[] query = DnsQuery.of("ns.dyn.test.", Type.A).octets();
    assertThat(datagrams.take(query, Askers.UDP, _ -> true, _ -> {}))
        .as("queries do not wait behind updates")
        .isFalse();

    until("all wait for the disk", () -> waiting.get() == most);
    assertThat(disk.complete(new Decision.Decided(new CommitResult.Unchanged(1)))).isTrue();
    untilAnswered(Rcode.NOERROR, most);
    assertThat(waitingMost).hasValueLessThanOrEqualTo(most);
    assertThat(answered(Rcode.SERVFAIL)).isEqualTo(BEYOND);

    send(update("after", true));
    untilAnswered(Rcode.NOERROR, most + 1);
  }

  @Test
  void anUnsignedFloodIsRefusedAndKeepsNobodyWaiting() throws Exception {
    disk.complete(new Decision.Decided(new CommitResult.Unchanged(1)));
    int flood = 2 * DatagramRequests.REQUESTS_MAX;
    byte[] unsigned = update("evil", false);
    int beyond = 0;
    for (int i = 0; i < flood; i++) {
      send(unsigned);
      if (i % 1000 == 0) {
        beyond += sendUntilAnswered(update("good" + i, true));
      }
    }
    System.out.printf("flood: good updates were told %d times to come again%n", beyond);
    until(
        "each of the flood is answered",
        () -> answered(Rcode.REFUSED) + answered(Rcode.SERVFAIL) == flood);
    assertThat(answered(Rcode.REFUSED)).as("not only beyond the bound").isPositive();
  }

  /** As a device does: again until it is answered with more than SERVFAIL; how often in vain. */
  private int sendUntilAnswered(byte[] message) {
    for (int again = 0; ; again++) {
      var rcode = new AtomicInteger(-1);
      assertThat(
              datagrams.take(message, Askers.UDP, _ -> true, answer -> rcode.set(answer[3] & 0xF)))
          .isTrue();
      until("a good update is answered", () -> rcode.get() >= 0);
      if (rcode.get() != Rcode.SERVFAIL) {
        assertThat(rcode).hasValue(Rcode.NOERROR);
        return again;
      }
    }
  }
}
