package net.homeport.registry.catalog;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import net.homeport.registry.House;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.JournalException;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Catalogs list the zones that there are, whatever happened before and in between. */
final class CatalogsTest {
  private static final Duration WAIT_MAX = Duration.ofSeconds(30);
  private static final Name CATALOG = name("catalog.test.");

  private final FakeClock clock = new FakeClock();
  private final MemoryCatalogStore store = new MemoryCatalogStore();
  private final AtomicReference<@Nullable Catalogs> listening = new AtomicReference<>();
  private final Set<Name> copied = ConcurrentHashMap.newKeySet();
  private volatile boolean diskFull;
  private final ZoneWriter writer =
      new ZoneWriter(ZoneSnapshot.empty(7), this::append, this::committed, _ -> {});
  private Catalogs catalogs = started();

  private Catalogs started() {
    var started = new Catalogs(store, writer, new Copies(copied), clock);
    listening.set(started);
    started.start();
    return started;
  }

  private record Copies(Set<Name> zones) implements ZoneRoles {
    @Override
    public boolean isSecondary(Name zone) {
      return zones.contains(zone);
    }

    @Override
    public boolean release(Name zone) {
      return false;
    }
  }

  private void append(List<ZoneChange> batch) {
    if (diskFull) {
      throw new JournalException("the disk is full", new IllegalStateException());
    }
    store.append(batch);
  }

  private void committed(List<ZoneChange> batch) {
    Catalogs present = listening.get();
    if (present != null) {
      present.committed(batch);
    }
  }

  @AfterEach
  void close() {
    catalogs.close();
    writer.close();
  }

  private CommitResult create(Name zone) {
    Zone content = ZoneText.minimal(writer.snapshot(), zone, name("ns.elsewhere.test."), 1);
    return writer.create(new ZoneChange.Created(content, House.ADMINISTRATOR)).join();
  }

  private CommitResult remove(Name zone) {
    return writer.remove(new ZoneChange.Removed(zone, House.ADMINISTRATOR)).join();
  }

  private Map<Name, Name> listed() {
    Zone zone = writer.snapshot().zone(CATALOG);
    return zone == null ? Map.of() : CatalogContent.members(zone);
  }

  private void untilListed(Set<Name> expected) {
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (!listed().keySet().equals(expected) && System.nanoTime() < end) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(listed().keySet()).isEqualTo(expected);
  }

  private void add(Name... except) {
    assertThat(catalogs.add(CATALOG, Set.of(except), House.ADMINISTRATOR))
        .isInstanceOf(CatalogAddition.Added.class);
  }

  @Test
  void aCatalogIsAZoneOfVersionTwo() {
    add();
    Zone zone = Objects.requireNonNull(writer.snapshot().zone(CATALOG));
    assertThat(rdata(zone, CATALOG, Type.NS)).containsExactly("invalid.");
    Name version = name("version.catalog.test.");
    Rrset text = Objects.requireNonNull(zone.rrset(version, Type.TXT));
    assertThat(text.records(version))
        .singleElement()
        .isInstanceOfSatisfying(
            TXTRecord.class, record -> assertThat(record.getStrings()).containsExactly("2"));
    assertThat(zone.soa().getHost()).isEqualTo(name("invalid."));
    assertThat(zone.serial()).isEqualTo(House.ADMINISTRATOR.at().getEpochSecond());
  }

  private static List<String> rdata(Zone zone, Name owner, int type) {
    return Objects.requireNonNull(zone.rrset(owner, type)).records(owner).stream()
        .map(Record::rdataToString)
        .toList();
  }

  @Test
  void itListsPrimaryZonesThatAreNeitherCatalogsNorLeftOut() {
    create(name("before.test."));
    create(name("private.test."));
    copied.add(name("copy.test."));
    create(name("copy.test."));
    add(name("Private.TEST."));
    assertThat(catalogs.add(name("other.test."), Set.of(), House.ADMINISTRATOR))
        .isInstanceOf(CatalogAddition.Added.class);
    create(name("after.test."));
    untilListed(Set.of(name("before.test."), name("after.test.")));
    assertThat(catalogs.members(CATALOG))
        .containsExactly(name("after.test."), name("before.test."));
    assertThat(catalogs.isCatalog(CATALOG)).isTrue();
    assertThat(catalogs.refusal(CATALOG)).contains("catalog zone");
    assertThat(catalogs.refusal(name("after.test."))).isNull();
  }

  @Test
  void thereIsOneZoneOfAName() {
    create(name("before.test."));
    add();
    assertThat(catalogs.add(CATALOG, Set.of(), House.ADMINISTRATOR))
        .isInstanceOf(CatalogAddition.AlreadyThere.class);
    assertThat(catalogs.add(name("before.test."), Set.of(), House.ADMINISTRATOR))
        .isInstanceOf(CatalogAddition.AlreadyThere.class);
    Name tooLong = name("a.".repeat(120));
    assertThat(catalogs.add(tooLong, Set.of(), House.ADMINISTRATOR))
        .isInstanceOf(CatalogAddition.Refused.class);
  }

  @Test
  void theLabelStaysUntilTheZoneIsAddedAgain() {
    add();
    create(name("one.test."));
    create(name("two.test."));
    Set<Name> both = Set.of(name("one.test."), name("two.test."));
    untilListed(both);
    Map<Name, Name> before = listed();
    catalogs.close();
    listening.set(null);
    // In one moment, and while nobody listens.
    remove(name("one.test."));
    create(name("one.test."));
    catalogs = started();
    create(name("three.test."));
    Set<Name> three = new HashSet<>(both);
    three.add(name("three.test."));
    untilListed(three);
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (Objects.equals(listed().get(name("one.test.")), before.get(name("one.test.")))) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(listed().get(name("two.test."))).isEqualTo(before.get(name("two.test.")));
  }

  @Test
  void aFullDiskDelaysOnly() {
    add();
    untilListed(Set.of());
    create(name("one.test."));
    untilListed(Set.of(name("one.test.")));
    catalogs.close();
    remove(name("one.test."));
    diskFull = true;
    catalogs = started();
    diskFull = false;
    untilListed(Set.of());
  }

  @Test
  void whateverComesAndGoesTheCatalogFollows() {
    var random = new SplittableRandom(20_261_121);
    add();
    Map<Name, Integer> present = new HashMap<>();
    for (int step = 0; step < 400; step++) {
      Name zone = name("z" + random.nextInt(12) + ".test.");
      if (present.remove(zone) != null) {
        remove(zone);
      } else {
        create(zone);
        present.put(zone, step);
      }
      if (random.nextInt(20) == 0) {
        catalogs.close();
        catalogs = started();
      }
      if (random.nextInt(40) == 0) {
        untilListed(present.keySet());
      }
    }
    untilListed(present.keySet());
    Map<Name, Name> expected =
        present.keySet().stream()
            .collect(
                Collectors.toMap(
                    zone -> zone,
                    zone ->
                        CatalogContent.owner(CATALOG, zone, store.creation(zone).orElseThrow())));
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (!listed().equals(expected) && System.nanoTime() < end) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(listed()).isEqualTo(expected);
    assertThat(new HashSet<>(expected.values())).hasSameSizeAs(expected.keySet());
  }
}
