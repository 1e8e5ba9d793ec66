package net.homeport.store;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.FakeClock;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.UpdateEvaluation;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.UpdateResult;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneUpdate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Serial;
import org.xbill.DNS.Type;

/** The random life of a few zones: made, changed, removed, made again; and what is true of them. */
public final class ZoneLife {
  private static final List<Name> APEXES =
      List.of(DnsText.name("example."), DnsText.name("Sub.Example."), DnsText.name("other.test."));

  private final RandomDns dns;
  private final FakeClock clock = new FakeClock();
  private final Map<Name, Map<Name, Attribution>> lastChanges = new HashMap<>();
  private volatile ZoneSnapshot snapshot;
  private ZoneSnapshot next;

  public ZoneLife(long seed, ZoneSnapshot start) {
    this.dns = new RandomDns(seed);
    this.snapshot = start;
    this.next = start;
  }

  /** What DNS would answer from. */
  public ZoneSnapshot snapshot() {
    return snapshot;
  }

  /** Goes on from what a store loaded, which must be what it was before. */
  public void resume(ZoneSnapshot loaded) {
    snapshot = loaded;
    next = loaded;
  }

  /** The changes of one commit, not yet visible. */
  public List<ZoneChange> nextBatch() {
    var batch = new ArrayList<ZoneChange>();
    next = snapshot;
    for (int left = 1 + dns.random().nextInt(4); left > 0 || batch.isEmpty(); left--) {
      clock.advance(Duration.ofMillis(1 + dns.random().nextInt(100_000)));
      ZoneChange change = change(dns.oneOf(APEXES));
      if (change != null) {
        batch.add(change);
        next = change.applyTo(next);
      }
    }
    return batch;
  }

  private @Nullable ZoneChange change(Name apex) {
    Zone zone = next.zone(apex);
    if (zone == null) {
      return new ZoneChange.Created(created(next, apex, dns.zone(apex)), somebody());
    }
    return dns.oneIn(25) ? new ZoneChange.Removed(apex, somebody()) : changeset(zone, update(zone));
  }

  /** The batch is durable: now it is true. */
  public void publish(List<ZoneChange> batch) {
    for (ZoneChange change : batch) {
      switch (change) {
        case ZoneChange.Created created -> lastChanges.put(created.zone(), new HashMap<>());
        case ZoneChange.Removed removed -> lastChanges.remove(removed.zone());
        case ZoneChange.Leased _ -> {}
        case Changeset changeset -> {
          Map<Name, Attribution> names = Objects.requireNonNull(lastChanges.get(changeset.zone()));
          for (RrsetChange rrset : changeset.changes()) {
            names.put(rrset.owner(), rrset.attribution());
          }
        }
      }
    }
    snapshot = next;
  }

  /** Who last changed each name that still has records. */
  public Map<Name, Attribution> lastChanges(Zone zone) {
    var present = new HashMap<Name, Attribution>();
    lastChanges
        .getOrDefault(zone.apex(), Map.of())
        .forEach((owner, who) -> {
          if (!zone.rrsets(owner).isEmpty()) {
            present.put(owner, who);
          }
        });
    return present;
  }

  /** A new zone of these records. */
  public static Zone created(ZoneSnapshot snapshot, Name apex, List<Record> records) {
    ZoneEditor editor = snapshot.newZone(apex);
    for (Record record : records) {
      Rrset present = editor.rrset(record.getName(), record.getType());
      var all = new ArrayList<Record>(List.of(record));
      if (present != null) {
        all.addAll(present.records(record.getName()));
      }
      editor.set(record.getName(), Rrset.of(all, record.getTTL(), Management.STATIC));
    }
    return editor.build();
  }

  /** The changeset that a writer would make of this update, or null if it changes nothing. */
  public static @Nullable Changeset changeset(Zone zone, ZoneUpdate update) {
    if (!(UpdateEvaluation.evaluate(zone, update) instanceof UpdateResult.Changed changed)) {
      return null;
    }
    long after = changed.next().serial();
    if (after == zone.serial()) {
      after = Serial.increment(after);
    }
    return new Changeset(zone.apex(), zone.serial(), after, changed.changes());
  }

  private ZoneUpdate update(Zone zone) {
    List<UpdateOperation> operations = new ArrayList<>();
    for (int left = 1 + dns.random().nextInt(4); left > 0; left--) {
      operations.add(operation(zone));
    }
    Management management = dns.oneIn(2) ? Management.STATIC : Management.DYNAMIC;
    return new ZoneUpdate(zone.apex(), List.of(), operations, management, somebody());
  }

  private UpdateOperation operation(Zone zone) {
    Name owner = dns.spelledAnew(dns.nameIn(zone.apex()));
    return switch (dns.random().nextInt(10)) {
      case 0 -> new UpdateOperation.DeleteRrset(owner, Type.A);
      case 1, 2 -> new UpdateOperation.DeleteName(owner);
      case 3 -> new UpdateOperation.AddRecord(dns.alias(owner, zone.apex()));
      case 4 ->
          new UpdateOperation.AddRecord(
              DnsText.record(
                  "%s 60 SOA a. b. %d 1 1 1 1"
                      .formatted(zone.apex(), Serial.increment(Serial.increment(zone.serial())))));
      default -> new UpdateOperation.AddRecord(dns.data(owner));
    };
  }

  private Attribution somebody() {
    String source = dns.oneOf(List.of("", "192.0.2.1", "2001:db8::7"));
    return new Attribution(
        dns.oneOf(List.of("cam", "Büro", "administrator")),
        dns.oneOf(List.of("dyndns2", "api")),
        source.isEmpty() ? null : address(source),
        clock.instant());
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that a snapshot says: apexes, serials, owners as spelled, records, management. */
  public static SortedSet<String> content(ZoneSnapshot snapshot) {
    var lines = new TreeSet<String>();
    for (Zone zone : snapshot.zones()) {
      String apex = zone.apex().toString().toLowerCase(Locale.ROOT);
      lines.add("%s: serial %d, %d names".formatted(apex, zone.serial(), zone.nameCount()));
      zone.forEach((owner, rrsets) -> {
        for (Rrset rrset : rrsets) {
          Name lower = DnsText.name(owner.toString().toLowerCase(Locale.ROOT));
          rrset
              .records(lower)
              .forEach(record -> lines.add(apex + ": " + record + " ; " + rrset.management()));
        }
      });
    }
    return lines;
  }
}
