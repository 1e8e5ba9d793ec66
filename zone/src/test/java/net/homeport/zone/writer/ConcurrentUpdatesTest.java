package net.homeport.zone.writer;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.zone.writer.Writers.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.Zones;
import net.homeport.zone.update.RandomUpdate;
import net.homeport.zone.update.Updates;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

/** Many threads, random updates, a disk that fails at times: the journal tells the whole story. */
@Timeout(120)
final class ConcurrentUpdatesTest {
  private static final List<Name> APEXES =
      List.of(name("one.test."), name("two.test."), name("sub.two.test."));
  private static final int THREADS = 4;
  private static final int UPDATES_EACH = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatIsVisibleIsWhatTheJournalReplays(long seed) throws Exception {
    var setup = new RandomDns(seed);
    ZoneSnapshot initial = Zones.nothing();
    for (Name apex : APEXES) {
      initial = initial.with(Zones.of(apex, setup.zone(apex)));
    }
    List<ZoneChange> durable = new ArrayList<>();
    var appends = new AtomicInteger();
    List<CommitResult> results = Collections.synchronizedList(new ArrayList<>());
    var writer =
        new ZoneWriter(
            initial,
            batch -> {
              if (appends.incrementAndGet() % 9 == 0) {
                throw new JournalException("out of order", new IllegalStateException());
              }
              durable.addAll(batch);
            },
            _ -> {},
            _ -> {});
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      var dns = new RandomDns(seed * 100 + t);
      threads.add(Thread.ofPlatform().start(() -> results.addAll(submitMany(writer, dns))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    writer.close();

    // Each changeset must continue the serial before it, or applyTo refuses.
    ZoneSnapshot replayed = initial;
    for (ZoneChange change : durable) {
      replayed = change.applyTo(replayed);
    }
    assertThat(Zones.content(writer.snapshot())).isEqualTo(Zones.content(replayed));
    for (Zone zone : replayed.zones()) {
      Zone visible = Objects.requireNonNull(writer.snapshot().zone(zone.apex()));
      assertThat(visible.nameCount()).isEqualTo(zone.nameCount());
    }
    assertThat(results).hasSize(THREADS * UPDATES_EACH);
    assertThat(results).hasAtLeastOneElementOfType(CommitResult.Committed.class);
    assertThat(results).hasAtLeastOneElementOfType(CommitResult.Failed.class);
  }

  private static List<CommitResult> submitMany(ZoneWriter writer, RandomDns dns) {
    List<CompletableFuture<CommitResult>> submitted = new ArrayList<>();
    List<CommitResult> results = new ArrayList<>();
    for (int i = 0; i < UPDATES_EACH; i++) {
      submitted.add(submitOne(writer, dns));
      if (dns.oneIn(3)) {
        submitted.forEach(future -> results.add(result(future)));
        submitted.clear();
      }
    }
    submitted.forEach(future -> results.add(result(future)));
    return results;
  }

  private static CompletableFuture<CommitResult> submitOne(ZoneWriter writer, RandomDns dns) {
    Name apex = dns.oneOf(APEXES);
    Zone present = writer.snapshot().zone(apex);
    if (present == null) {
      Zone fresh = Zones.of(apex, dns.zone(apex));
      return writer.create(new ZoneChange.Created(fresh, Updates.SOMEBODY));
    }
    return dns.oneIn(60)
        ? writer.remove(new ZoneChange.Removed(apex, Updates.SOMEBODY))
        : writer.submit(RandomUpdate.of(dns, present, Management.STATIC));
  }
}
