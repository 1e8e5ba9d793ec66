package net.homeport.zone.writer;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.zone.writer.Writers.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.homeport.zone.Rrset;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.Zones;
import net.homeport.zone.lease.Lease;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.Updates;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Type;

/** RFC 9664: a record whose lease is not renewed leaves its zone. */
@Timeout(60)
final class LeaseTest {
  private static final ZoneSnapshot INITIAL =
      Zones.snapshot(Zones.zone("dyn.test.", "fixed A 192.0.2.1"));
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<ZoneChange> durable = new ArrayList<>();
  private ZoneWriter writer = new ZoneWriter(INITIAL, durable::addAll, _ -> {}, _ -> {});

  @AfterEach
  void close() {
    writer.close();
  }

  private static Updates update() {
    return Updates.of("dyn.test.");
  }

  private static Instant after(long seconds) {
    return START.plusSeconds(seconds);
  }

  private List<String> texts(String owner, int type) {
    Rrset rrset =
        Objects.requireNonNull(writer.snapshot().zone(name("dyn.test."))).rrset(name(owner), type);
    return rrset == null
        ? List.of()
        : rrset.records(name(owner)).stream()
            .map(record -> record.rdataToString().replace("\"", ""))
            .toList();
  }

  private long serial() {
    return Objects.requireNonNull(writer.snapshot().zone(name("dyn.test."))).serial();
  }

  private CommitResult expireAt(long seconds) {
    return result(writer.expireLeases(after(seconds)));
  }

  private void register(long at, long seconds) {
    result(
        writer.submit(
            update().add("cam.dyn.test. 60 A 10.0.0.1").leased(after(at), seconds, 3600)));
  }

  @Test
  void aRecordGoesWhenItsLeaseIsOverAndNotBefore() {
    register(0, 60);
    assertThat(expireAt(59)).isEqualTo(new CommitResult.Unchanged(0));
    assertThat(texts("cam.dyn.test.", Type.A)).containsExactly("10.0.0.1");
    assertThat(expireAt(60)).isEqualTo(new CommitResult.Committed(3));
    assertThat(texts("cam.dyn.test.", Type.A)).isEmpty();
    assertThat(expireAt(61)).isEqualTo(new CommitResult.Unchanged(0));
    Changeset last =
        durable.stream()
            .filter(Changeset.class::isInstance)
            .map(Changeset.class::cast)
            .toList()
            .getLast();
    assertThat(last.changes().getFirst().attribution().actor()).isEqualTo("lease");
  }

  @Test
  void aRenewalIsDurableAndNeedsNoNewSerial() {
    register(0, 60);
    long before = serial();
    int written = durable.size();
    register(50, 60);
    assertThat(serial()).isEqualTo(before);
    assertThat(durable.subList(written, durable.size()))
        .singleElement()
        .isInstanceOf(ZoneChange.Leased.class);
    assertThat(expireAt(109)).isEqualTo(new CommitResult.Unchanged(0));
    assertThat(texts("cam.dyn.test.", Type.A)).hasSize(1);
    expireAt(110);
    assertThat(texts("cam.dyn.test.", Type.A)).isEmpty();
  }

  @Test
  void keysMayStayForLonger() {
    result(
        writer.submit(
            update()
                .add("cam.dyn.test. 60 A 10.0.0.1")
                .add("cam.dyn.test. 60 KEY 512 3 13 AAAA")
                .leased(START, 60, 600)));
    expireAt(60);
    assertThat(texts("cam.dyn.test.", Type.A)).isEmpty();
    assertThat(texts("cam.dyn.test.", Type.KEY)).hasSize(1);
    expireAt(600);
    assertThat(texts("cam.dyn.test.", Type.KEY)).isEmpty();
  }

  @Test
  void recordsOfOneSetAreLeasedEachByItself() {
    result(writer.submit(update().add("s.dyn.test. 60 TXT one").leased(START, 60, 60)));
    result(writer.submit(update().add("s.dyn.test. 60 TXT two").leased(after(30), 60, 60)));
    result(writer.submit(update().add("s.dyn.test. 60 TXT three").asDynamic()));
    expireAt(60);
    assertThat(texts("s.dyn.test.", Type.TXT)).containsExactlyInAnyOrder("two", "three");
    expireAt(900);
    assertThat(texts("s.dyn.test.", Type.TXT)).containsExactly("three");
  }

  @Test
  void aRecordAddedWithoutALeaseStays() {
    register(0, 60);
    result(writer.submit(update().add("cam.dyn.test. 60 A 10.0.0.1").asDynamic()));
    assertThat(expireAt(600)).isEqualTo(new CommitResult.Unchanged(0));
    assertThat(texts("cam.dyn.test.", Type.A)).hasSize(1);
  }

  @Test
  void aRecordDeletedMeanwhileIsNotLeasedWhenItComesBack() {
    register(0, 60);
    result(writer.submit(update().deleteRrset("cam.dyn.test.", "A").asDynamic()));
    result(writer.submit(update().add("cam.dyn.test. 60 A 10.0.0.1").asDynamic()));
    expireAt(600);
    assertThat(texts("cam.dyn.test.", Type.A)).hasSize(1);
  }

  @Test
  void whatAPersonAddsTooStays() {
    register(0, 60);
    result(writer.submit(update().add("cam.dyn.test. 60 A 10.0.0.1").asStatic()));
    expireAt(600);
    assertThat(texts("cam.dyn.test.", Type.A)).hasSize(1);
  }

  @Test
  void aRefusedUpdateLeasesNothing() {
    result(writer.submit(update().add("fixed.dyn.test. 60 A 10.0.0.1").leased(START, 60, 60)));
    assertThat(durable).isEmpty();
    assertThat(expireAt(600)).isEqualTo(new CommitResult.Unchanged(0));
    assertThat(texts("fixed.dyn.test.", Type.A)).containsExactly("192.0.2.1");
  }

  @Test
  void leasesOfAFailedCommitAreForgotten() {
    writer.close();
    var disk = new boolean[] {false};
    writer =
        new ZoneWriter(
            INITIAL,
            _ -> {
              if (!disk[0]) {
                throw new JournalException("no disk", new IllegalStateException());
              }
            },
            _ -> {},
            _ -> {});
    register(0, 60);
    disk[0] = true;
    result(writer.submit(update().add("cam.dyn.test. 60 A 10.0.0.1").asDynamic()));
    expireAt(600);
    assertThat(texts("cam.dyn.test.", Type.A)).hasSize(1);
  }

  @Test
  void leasesGoOnAfterARestart() {
    register(0, 60);
    List<Lease> kept =
        durable.stream()
            .filter(ZoneChange.Leased.class::isInstance)
            .flatMap(change -> ((ZoneChange.Leased) change).leases().stream())
            .toList();
    assertThat(kept).hasSize(1);
    ZoneSnapshot zones = writer.snapshot();
    writer.close();
    writer = new ZoneWriter(zones, kept, _ -> {}, _ -> {}, _ -> {});
    expireAt(60);
    assertThat(texts("cam.dyn.test.", Type.A)).isEmpty();
  }

  @Test
  void manyThatEndAtOnceGoInBatches() {
    for (int i = 0; i < 1200; i++) {
      result(
          writer.submit(
              update().add("c%d.dyn.test. 60 A 10.0.0.1".formatted(i)).leased(START, 60, 60)));
    }
    for (int i = 0; i < 3; i++) {
      expireAt(60);
    }
    assertThat(Objects.requireNonNull(writer.snapshot().zone(name("dyn.test."))).nameCount())
        .isEqualTo(Objects.requireNonNull(INITIAL.zone(name("dyn.test."))).nameCount());
  }
}
