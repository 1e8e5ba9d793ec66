package net.homeport.nameserver.secondary;

import static net.homeport.nameserver.secondary.ScriptedPrimary.message;
import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import net.homeport.nameserver.notify.NotifyDoor;
import net.homeport.nameserver.secondary.ScriptedPrimary.Script;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.nameserver.tsig.TsigSession;
import net.homeport.nameserver.tsig.TsigVerdict;
import net.homeport.nameserver.tsig.TsigVerifier;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.LookupResult;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** A zone is kept as its primary has it; what goes wrong leaves it as it is. */
@Timeout(60)
final class SecondariesTest {
  private static final Name APEX = name("m.test.");
  private static final Record NS = record("m.test. 300 NS ns.m.test.");
  private static final Record A = record("a.m.test. 60 A 192.0.2.1");
  private static final Record B = record("b.m.test. 60 A 192.0.2.2");
  private static final Name KEY = name("key.test.");

  private final FakeClock clock = new FakeClock();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final TsigKey key = new TsigKey(KEY, TsigAlgorithm.HMAC_SHA256, new byte[32]);
  private final ZoneWriter writer =
      new ZoneWriter(ZoneSnapshot.empty(1), _ -> {}, _ -> {}, _ -> {});
  private final Secondaries secondaries =
      new Secondaries(
          writer,
          wanted -> wanted.equals(KEY) ? List.of(key) : List.of(),
          (zone, _, transferred) -> heard.add(zone + (transferred ? " transferred" : " checked")),
          RefreshBounds.DEFAULTS,
          clock,
          new Random(7));
  private ScriptedPrimary primary = new ScriptedPrimary((_, _) -> List.of());

  @BeforeEach
  void zoneAtSerialSeven() {
    primary.says(has(soa(7), NS, A));
  }

  @AfterEach
  void close() throws IOException {
    secondaries.close();
    primary.close();
    writer.close();
  }

  private static SOARecord soa(long serial) {
    return (SOARecord)
        record("m.test. 300 SOA ns.m.test. admin.m.test. " + serial + " 3600 600 7200 30");
  }

  /** A primary that knows no IXFR. */
  private static Script has(SOARecord soa, Record... records) {
    return (query, _) -> {
      if (query.getQuestion().getType() == Type.SOA) {
        return List.of(message(query, soa));
      }
      var messages = new ArrayList<byte[]>();
      messages.add(message(query, soa));
      for (Record record : records) {
        messages.add(message(query, record));
      }
      messages.add(message(query, soa));
      return messages;
    };
  }

  private void add(@Nullable Name keyName) {
    secondaries.add(new SecondarySettings(APEX, List.of(primary.primary()), keyName), null);
  }

  private SecondaryStatus check(boolean all) throws Exception {
    return Objects.requireNonNull(secondaries.check(APEX, all)).get(30, TimeUnit.SECONDS);
  }

  private static void until(BooleanSupplier isSo) throws InterruptedException {
    while (!isSo.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  private @Nullable Zone zone() {
    return writer.snapshot().zone(APEX);
  }

  /** Whether the first transfer is done with. */
  private boolean isThere() {
    SecondaryStatus status = secondaries.status(APEX);
    return serial() == 7 && status != null && status.lastChecked() != null;
  }

  private long serial() {
    Zone zone = zone();
    return zone == null ? 0 : zone.serial();
  }

  @Test
  void theFirstTransferIsOfTheWholeZone() throws Exception {
    add(null);
    until(this::isThere);
    assertThat(primary.asked()).containsExactly("AXFR");
    assertThat(heard).startsWith("m.test. transferred");
  }

  @Test
  void untilItIsThereAZoneIsAwaited() throws Exception {
    primary.says((_, _) -> List.of());
    add(null);
    assertThat(writer.snapshot().lookup(A.getName(), Type.A))
        .isInstanceOf(LookupResult.NotReady.class);
    primary.says(has(soa(7), NS, A));
    check(true);
    assertThat(writer.snapshot().lookup(A.getName(), Type.A))
        .isInstanceOf(LookupResult.Answer.class);

    add(name("lost.test.")); // the zone is there already
    secondaries.remove(APEX);
    assertThat(writer.snapshot().without(APEX).lookup(A.getName(), Type.A))
        .isInstanceOf(LookupResult.NotAuthoritative.class);
  }

  @Test
  void aNotifyBringsDifferences() throws Exception {
    add(null);
    until(this::isThere);
    primary.says((query, _) ->
        query.getQuestion().getType() == Type.SOA
            ? List.of(message(query, soa(8)))
            : List.of(message(query, soa(8), soa(7), A, soa(8), B, soa(8))));
    assertThat(secondaries.notified(APEX, primary.primary().address().getAddress(), null, 8L))
        .isEqualTo(NotifyDoor.Verdict.HEARD);
    clock.advance(Duration.ofSeconds(2)); // no NOTIFY makes checks follow faster
    Objects.requireNonNull(secondaries.check(APEX, false)).get(30, TimeUnit.SECONDS);
    assertThat(serial()).isEqualTo(8);
    assertThat(primary.asked())
        .startsWith("AXFR", "SOA", "IXFR")
        .doesNotContainSequence("IXFR", "AXFR");
    assertThat(Objects.requireNonNull(zone()).exists(A.getName())).isFalse();
    assertThat(Objects.requireNonNull(zone()).exists(B.getName())).isTrue();
  }

  @Test
  void strangersAreNotListenedTo() throws Exception {
    add(KEY);
    InetAddress stranger = InetAddress.ofLiteral("192.0.2.200");
    assertThat(secondaries.notified(APEX, stranger, null, 8L))
        .isEqualTo(NotifyDoor.Verdict.NOT_FROM_THERE);
    assertThat(secondaries.notified(name("other.test."), stranger, KEY, 8L))
        .isEqualTo(NotifyDoor.Verdict.NO_SUCH_ZONE);
    assertThat(secondaries.notified(APEX, stranger, KEY, 8L)).isEqualTo(NotifyDoor.Verdict.HEARD);
  }

  @Test
  void differencesThatDoNotFitBringTheWholeZone() throws Exception {
    add(null);
    until(this::isThere);
    primary.says((query, octets) ->
        query.getQuestion().getType() == Type.IXFR
            ? List.of(message(query, soa(8), soa(7), B, soa(8), soa(8)))
            : has(soa(8), NS, B).answer(query, octets));
    assertThat(check(false).lastError()).isNull();
    assertThat(serial()).isEqualTo(8);
    assertThat(primary.asked()).endsWith("SOA", "IXFR", "AXFR");
  }

  @Test
  void whatIsCutLeavesTheZone() throws Exception {
    add(null);
    until(this::isThere);
    primary.says((query, octets) -> {
      List<byte[]> whole = has(soa(8), NS, B).answer(query, octets);
      return query.getQuestion().getType() == Type.SOA ? whole : whole.subList(0, whole.size() - 1);
    });
    assertThat(check(false).lastError()).contains("ends the connection");
    assertThat(serial()).isEqualTo(7);
  }

  @Test
  void whoIsNotHeardForTooLongIsNotAnsweredForAnyMore() throws Exception {
    add(null);
    until(this::isThere);
    primary.says((_, _) -> List.of());
    clock.advance(Duration.ofSeconds(7199));
    assertThat(check(false).lastError()).isNotNull();
    assertThat(writer.snapshot().lookup(A.getName(), Type.A))
        .isInstanceOf(LookupResult.Answer.class);
    clock.advance(Duration.ofSeconds(2));
    check(false);
    until(() -> writer.snapshot().lookup(A.getName(), Type.A) instanceof LookupResult.Expired);

    primary.says(has(soa(7), NS, A));
    assertThat(check(false).expired()).isFalse();
    assertThat(writer.snapshot().lookup(A.getName(), Type.A))
        .isInstanceOf(LookupResult.Answer.class);
  }

  /** Signs all messages, or all but those whose place in the stream says otherwise. */
  private Script signed(Script plain, TsigKey by, int unsigned) {
    var verifier = new TsigVerifier(_ -> List.of(by), clock);
    return (query, octets) -> {
      List<byte[]> messages = plain.answer(query, octets);
      if (!(verifier.verify(octets) instanceof TsigVerdict.Verified verified)) {
        return messages;
      }
      TsigSession session = verified.session();
      var out = new ArrayList<byte[]>();
      for (int i = 0; i < messages.size(); i++) {
        boolean left = (unsigned >= 0 ? unsigned : messages.size() + unsigned) == i;
        out.add(messages.size() > 1 && left ? messages.get(i) : session.sign(messages.get(i)));
      }
      return out;
    };
  }

  private @Nullable String errorOf(Script script) throws Exception {
    primary.says(script);
    add(KEY);
    return check(true).lastError();
  }

  @Test
  void aSignedTransferIsTaken() throws Exception {
    assertThat(errorOf(signed(has(soa(7), NS, A), key, Integer.MAX_VALUE))).isNull();
    assertThat(serial()).isEqualTo(7);
  }

  @Test
  void whatIsNotSignedIsNotTaken() throws Exception {
    assertThat(errorOf(has(soa(7), NS, A))).contains("not signed");
    assertThat(zone()).isNull();
  }

  @Test
  void anUnsignedEndIsNotTaken() throws Exception {
    assertThat(errorOf(signed(has(soa(7), NS, A), key, -1))).contains("end of its answer");
    assertThat(zone()).isNull();
  }

  @Test
  void anotherSecretIsNotTaken() throws Exception {
    byte[] secret = new byte[32];
    secret[0] = 1;
    var other = new TsigKey(KEY, TsigAlgorithm.HMAC_SHA256, secret);
    assertThat(errorOf(signed(has(soa(7), NS, A), other, 99))).contains("not to be believed");
    assertThat(zone()).isNull();
  }

  @Test
  void aKeyThatIsNotThereIsNamed() throws Exception {
    add(name("lost.test."));
    assertThat(check(false).lastError()).contains("no valid TSIG key lost.test");
    assertThat(primary.asked()).isEmpty();
  }
}
