package net.homeport.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.alarm.AddressAlarm;
import net.homeport.registry.alarm.AlarmStore;
import net.homeport.registry.catalog.Catalog;
import net.homeport.registry.catalog.CatalogStore;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.enrolment.EnrolmentStore;
import net.homeport.registry.enrolment.PendingEnrolment;
import net.homeport.registry.naming.NameListStore;
import net.homeport.registry.naming.NameRules;
import net.homeport.registry.naming.QuarantineStore;
import net.homeport.registry.naming.Tombstone;
import net.homeport.registry.peer.Secondary;
import net.homeport.registry.peer.SecondaryStore;
import net.homeport.registry.restriction.HostApproval;
import net.homeport.registry.restriction.HostBlock;
import net.homeport.registry.restriction.PolicyScope;
import net.homeport.registry.restriction.PolicyStore;
import net.homeport.registry.restriction.StandingStore;
import net.homeport.registry.restriction.StoredSetting;
import net.homeport.registry.restriction.WithheldReportStore;
import net.homeport.registry.update.EarlierReport;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Stores of what administrators and devices leave behind, that forget it all. */
/*
 * Nothing is ever loaded from them: what is asked of one is asked at the start alone.
 */
public final class MemoryStores
    implements PolicyStore,
        StandingStore,
        WithheldReportStore,
        NameListStore,
        QuarantineStore,
        EnrolmentStore,
        SecondaryStore,
        CatalogStore {
  private final Map<Long, AddressAlarm> alarms = new ConcurrentHashMap<>();

  /** That alarms are loaded from, so that there are some without two hosts that quarrel. */
  AlarmStore alarms(List<AddressAlarm> before) {
    before.forEach(alarm -> alarms.put(alarm.id(), alarm));
    return new Alarms();
  }

  private final class Alarms implements AlarmStore {
    @Override
    public List<AddressAlarm> alarms() {
      return List.copyOf(alarms.values());
    }

    @Override
    public void add(AddressAlarm alarm) {
      alarms.put(alarm.id(), alarm);
    }

    @Override
    public void put(AddressAlarm alarm) {
      alarms.put(alarm.id(), alarm);
    }

    @Override
    public void removeAlarm(long id) {
      alarms.remove(id);
    }
  }

  @Override
  public List<EarlierReport> reports() {
    return List.of();
  }

  @Override
  public void keep(List<EarlierReport> reports, List<Name> forgotten) {}

  @Override
  public List<StoredSetting> settings() {
    return List.of();
  }

  @Override
  public void put(StoredSetting setting) {}

  @Override
  public void remove(PolicyScope scope, String setting) {}

  @Override
  public List<HostApproval> approvals() {
    return List.of();
  }

  @Override
  public List<HostBlock> blocks() {
    return List.of();
  }

  @Override
  public void put(HostApproval approval) {}

  @Override
  public void put(HostBlock block) {}

  @Override
  public void removeBlock(Name name) {}

  @Override
  public @Nullable String list(NameRules.Kind kind) {
    return null;
  }

  @Override
  public void put(NameRules.Kind kind, @Nullable String text) {}

  @Override
  public List<Tombstone> tombstones() {
    return List.of();
  }

  @Override
  public void put(Tombstone tombstone) {}

  @Override
  public void removeTombstone(Name name) {}

  @Override
  public void removeOver(Instant now) {}

  @Override
  public List<PendingEnrolment> pending() {
    return List.of();
  }

  @Override
  public void put(PendingEnrolment enrolment) {}

  @Override
  public void remove(SecretHash code) {}

  @Override
  public List<Secondary> secondaries() {
    return List.of();
  }

  @Override
  public void add(Secondary secondary) {}

  @Override
  public void remove(String name) {}

  @Override
  public List<Catalog> catalogs() {
    return List.of();
  }

  @Override
  public void put(Catalog catalog) {}

  @Override
  public void removeCatalog(Name zone) {}

  @Override
  public OptionalLong creation(Name zone) {
    return OptionalLong.empty();
  }
}
