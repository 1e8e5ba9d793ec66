package net.homeport.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.MemoryRegistryStore;
import net.homeport.registry.update.DirectPlanner;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateStages;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.JournalException;
import net.homeport.zone.writer.ZoneWriter;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** A registry with its zones, over a journal and a store in memory. */
public final class House implements AutoCloseable {
  /** An administrator at work. */
  public static final Attribution ADMINISTRATOR =
      new Attribution("administrator", "test", null, Instant.parse("2026-01-01T00:00:00Z"));

  public final FakeClock clock = new FakeClock();
  public final MemoryRegistryStore store = new MemoryRegistryStore();
  public final List<ZoneChange> journal = Collections.synchronizedList(new ArrayList<>());
  public final ZoneWriter writer;
  public final SecretHasher hasher;
  public final HostRegistry hosts;
  public final HostUpdates updates;
  public final ZoneRegistry zones;
  private volatile boolean diskFull;

  /** A house whose zones are these master-file texts, each led by a line with its apex. */
  public House(String... texts) {
    ZoneSnapshot snapshot = ZoneSnapshot.empty(7);
    for (String text : texts) {
      snapshot = snapshot.with(zone(snapshot, text));
    }
    writer = new ZoneWriter(snapshot, this::append, _ -> {}, _ -> {});
    hasher = new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new SplittableRandom(7));
    hosts = new HostRegistry(store, writer::snapshot, hasher, clock);
    updates =
        new HostUpdates(
            hosts,
            writer,
            clock,
            UpdateStages.plain(
                new HostAuthenticator(hosts, hasher), new DirectPlanner(writer::snapshot)));
    zones = new ZoneRegistry(writer, hosts, clock);
  }

  private static Zone zone(ZoneSnapshot snapshot, String text) {
    String apex = text.lines().findFirst().orElseThrow();
    String records = text.substring(apex.length());
    String head = "$TTL 300\n@ SOA ns host 1 7200 900 1209600 60\n@ NS ns.elsewhere.invalid.\n";
    try {
      return ZoneText.parse(snapshot, DnsText.name(apex), head + records + "\n");
    } catch (ZoneTextException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void append(List<ZoneChange> batch) {
    if (diskFull) {
      throw new JournalException("the disk is full", new IllegalStateException());
    }
    journal.addAll(batch);
  }

  /** From now on the journal refuses, or it does not. */
  public void diskFull(boolean full) {
    diskFull = full;
  }

  /** Adds a host with a credential of its own. */
  public HostAddition.Added host(String name) {
    return (HostAddition.Added) hosts.add(DnsText.name(name), 60);
  }

  /** Adds a host to the credential of that user name. */
  public void hostOf(String username, String name) {
    Objects.requireNonNull((HostAddition.Added) hosts.addTo(username, DnsText.name(name), 60));
  }

  /** The values that the zone holds for this name and type. */
  public List<String> rdata(String owner, int type) {
    Name name = DnsText.name(owner);
    Zone zone = writer.snapshot().zoneOf(name);
    var rrset = zone == null ? null : zone.rrset(name, type);
    return rrset == null
        ? List.of()
        : rrset.records(name).stream().map(Record::rdataToString).toList();
  }

  @Override
  public void close() {
    writer.close();
  }
}
