package net.homeport.store;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.Lease;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.Journal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;

/** A store under test, restarted at will, and one zone in it. */
@Timeout(120)
public abstract class JournalFixture {
  static final Name APEX = name("home.test.");
  static final Attribution SOMEBODY =
      new Attribution("cam", "dyndns2", null, Instant.parse("2026-01-01T00:00:00Z"));

  /** A store as a server has it from its start to its end. */
  public interface OpenStore extends AutoCloseable {
    Journal journal();

    ChangeHistory history();

    ZoneSnapshot load(long hashSeed);

    List<Lease> leases();

    void checkpoint(Supplier<ZoneSnapshot> zones) throws InterruptedException;

    @Override
    void close();
  }

  private @Nullable OpenStore opened;
  ZoneSnapshot zones = ZoneSnapshot.empty(0);

  /** Opens the store of this test: the same one each time. */
  protected abstract OpenStore open();

  @AfterEach
  void closeStore() {
    if (opened != null) {
      opened.close();
    }
  }

  final OpenStore store() {
    return Objects.requireNonNull(opened);
  }

  /** Ends the server and starts it again. */
  protected final ZoneSnapshot restart() {
    closeStore();
    opened = open();
    zones = store().load(42);
    return zones;
  }

  final void append(ZoneChange... batch) {
    store().journal().append(List.of(batch));
    for (ZoneChange change : batch) {
      zones = change.applyTo(zones);
    }
  }

  final void checkpoint() throws InterruptedException {
    store().checkpoint(() -> zones);
  }

  final Zone zone(String... records) {
    var all = new ArrayList<>(List.of(records));
    all.add("home.test. 60 SOA ns. host. 1 1 1 1 1");
    all.add("home.test. 60 NS ns.");
    return ZoneLife.created(zones, APEX, DnsText.records(all.toArray(String[]::new)));
  }

  final void create(String... records) {
    append(new ZoneChange.Created(zone(records), SOMEBODY));
  }

  final Zone present() {
    return Objects.requireNonNull(zones.zone(APEX));
  }

  final Changeset setting(String owner, String... records) {
    Rrset after =
        Rrset.of(DnsText.records(records), DnsText.record(records[0]).getTTL(), Management.DYNAMIC);
    Rrset before = present().rrset(name(owner), after.type());
    return changeset(new RrsetChange(name(owner), after.type(), before, after, SOMEBODY));
  }

  final Changeset changeset(RrsetChange... changes) {
    long serial = present().serial();
    return new Changeset(APEX, serial, serial == 0xFFFF_FFFFL ? 1 : serial + 1, List.of(changes));
  }

  final void assertSameAfterRestart() {
    var before = ZoneLife.content(zones);
    assertThat(ZoneLife.content(restart())).isEqualTo(before);
  }
}
