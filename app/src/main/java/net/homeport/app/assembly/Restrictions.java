package net.homeport.app.assembly;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.alarm.AddressAlarms;
import net.homeport.registry.alarm.AddressOwners;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostNameCheck;
import net.homeport.registry.host.HostOwners;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.naming.DanglingRecords;
import net.homeport.registry.naming.HostQuota;
import net.homeport.registry.naming.NameRules;
import net.homeport.registry.naming.Quarantine;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.HostRelease;
import net.homeport.registry.restriction.HostStandings;
import net.homeport.registry.restriction.LastObstacles;
import net.homeport.registry.restriction.RestrictionChecks;
import net.homeport.registry.restriction.WithheldReports;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.NameVeto;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.store.sqlite.SqliteAlarmStore;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteNameStore;
import net.homeport.store.sqlite.SqlitePolicyStore;
import net.homeport.store.sqlite.SqliteWithheldReportStore;
import net.homeport.web.api.ApiResource;
import net.homeport.web.api.ExplainRequestResource;
import net.homeport.web.api.PolicyResource;
import net.homeport.web.api.StandingResource;
import net.homeport.web.api.TakeoverResource;
import net.homeport.web.console.ConsoleSources;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What may not be: policies, blocks, rules of names, freed names, and addresses that change hands.
 */
final class Restrictions implements AutoCloseable {
  private final HostOwners owners;
  private final HostPolicies policies;
  private final HostStandings standings;
  private final NameRules names;
  private final Quarantine quarantine;
  private final HostQuota quota;
  private final AddressAlarms alarms;
  private final List<UpdateCheck> checks;
  private final LastObstacles obstacles = new LastObstacles();
  private final WithheldReports withheld;
  private @Nullable EachMinute keeping;
  private Thread learner = Thread.ofVirtual().unstarted(() -> {});

  private Restrictions(SqliteDatabase database, HostOwners owners, InstantSource clock) {
    this.owners = owners;
    var store = new SqlitePolicyStore(database);
    var nameStore = new SqliteNameStore(database);
    this.policies = new HostPolicies(store);
    this.standings = new HostStandings(store);
    this.withheld =
        new WithheldReports(new SqliteWithheldReportStore(database), policies, standings);
    this.checks = RestrictionChecks.all(policies, standings, clock);
    this.names = new NameRules(nameStore, policies);
    this.quarantine = new Quarantine(nameStore, policies, owners, clock);
    this.quota = new HostQuota(policies, owners);
    this.alarms = new AddressAlarms(new SqliteAlarmStore(database));
  }

  static Restrictions open(SqliteDatabase database, HostOwners owners, InstantSource clock) {
    return new Restrictions(database, owners, clock);
  }

  /** What the registry asks of a name. */
  List<HostNameCheck> nameChecks() {
    return List.of(names, quota, quarantine, policies, standings);
  }

  /** What is asked of a request. */
  List<UpdateCheck> checks() {
    return checks;
  }

  /** Who watches requests; begins to learn what is published. */
  List<UpdateObserver> observers(HostRegistry registry, Supplier<ZoneSnapshot> zones) {
    var addresses = new AddressOwners(registry, zones, owners, alarms);
    learner = Thread.ofVirtual().name("published-addresses").start(addresses::learn);
    registry.whenRemoved(withheld::forget);
    return List.of(addresses, obstacles, withheld);
  }

  /** What is to be said of a host's name. */
  List<String> remarks(Host host) {
    return names.remarks(host);
  }

  /** What keeps addresses from being published, for those who look. */
  ConsoleSources.Restrictions shown() {
    return new ConsoleSources.Restrictions(policies, standings, withheld, obstacles);
  }

  /** Blocked names, for signed updates. */
  NameVeto veto() {
    return standings::objection;
  }

  /** Names of hosts that are gone, and kept back. */
  NameVeto freed() {
    return quarantine::objection;
  }

  /**
   * Begins to do what was withheld, once nothing stands against it any more.
   *
   * @param isSilent hosts that silence took out of DNS
   */
  HostRelease release(HostRegistry registry, HostUpdates updates, Predicate<Host> isSilent) {
    var release = new HostRelease(registry, withheld, updates, isSilent);
    keeping =
        new EachMinute(
            "withheld reports of devices",
            () -> {
              withheld.flush();
              release.releaseFree(); // those that were put off, or failed
            },
            withheld::flush);
    return release;
  }

  /**
   * What the API shows, by the first step of the path; under {@code hosts}, what stands beside a
   * host.
   *
   * @param stopped told of each host that is blocked
   */
  Map<String, ApiResource> resources(
      HostRegistry registry,
      HostUpdates updates,
      HostRelease release,
      Consumer<Host> stopped,
      Supplier<ZoneSnapshot> zones,
      AccountRegistry accounts) {
    ApiResource standing =
        new StandingResource(
            registry, updates, release, policies, standings, withheld, quarantine, stopped);
    ApiResource takeovers =
        new TakeoverResource(alarms, new DanglingRecords(zones, registry, quarantine), accounts);
    var resources = new HashMap<String, ApiResource>();
    resources.put("policies", new PolicyResource(policies, registry, names, release));
    resources.put("hosts", standing);
    resources.put("standings", standing);
    resources.put("quarantine", standing);
    resources.put("alarms", takeovers);
    resources.put("dangling", takeovers);
    return resources;
  }

  /** What stands beside the explanation of signed updates. */
  ApiResource explanations(
      HostRegistry registry,
      HostUpdates updates,
      HostStatusReader statuses,
      RejectedAttempts rejected,
      CredentialOwners credentials) {
    return new ExplainRequestResource(
        registry, updates, policies, statuses, obstacles, rejected, credentials);
  }

  @Override
  public void close() {
    learner.interrupt();
    if (keeping != null) {
      keeping.close();
    }
    alarms.close();
  }
}
