package net.homeport.app.assembly;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.homeport.registry.challenge.Challenges;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.update.DummyAddress;
import net.homeport.registry.update.HostAccess;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateStages;
import net.homeport.store.sqlite.SqliteChallengeStore;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteRegistryStore;
import net.homeport.web.api.ApiResource;
import net.homeport.web.api.HostResource;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.writer.ZoneWriter;

/**
 * Everything about hosts, wired: who they are, what a request for them goes through, and what the
 * API shows of it.
 */
final class HostDesk implements AutoCloseable {
  private final HostRegistry registry;
  private final HostUpdates updates;
  private final HostStatusReader statuses;
  private final SiteDesk sites;
  private final People people;
  private final UpdateStages stages;
  private final Challenges challenges;
  private final Supplier<ZoneSnapshot> zones;
  private final ExchangeLog exchanges;

  private HostDesk(
      HostRegistry registry,
      HostUpdates updates,
      HostStatusReader statuses,
      People people,
      UpdateStages stages,
      Challenges challenges,
      SiteDesk sites,
      Supplier<ZoneSnapshot> zones,
      ExchangeLog exchanges) {
    this.stages = stages;
    this.challenges = challenges;
    this.people = people;
    this.zones = zones;
    this.exchanges = exchanges;
    this.registry = registry;
    this.updates = updates;
    this.statuses = statuses;
    this.sites = sites;
  }

  static HostDesk open(
      SqliteDatabase database,
      ZoneWriter writer,
      ZoneRoles roles,
      ChangeHistory history,
      SecretHasher hasher,
      Predicate<String> token,
      RandomGenerator random,
      RejectedAttempts rejected,
      InstantSource clock) {
    Supplier<ZoneSnapshot> zones = writer::snapshot;
    var registry =
        new HostRegistry(new SqliteRegistryStore(database), zones, roles, List.of(), hasher, clock);
    var siteStages = new SiteDesk.Stages(database, registry, zones, clock);
    List<UpdateCheck> checks = List.of(siteStages.check());
    var stages =
        new UpdateStages(
            new HostAuthenticator(registry, hasher),
            HostAccess.OWN_CREDENTIAL,
            siteStages.planner(),
            checks,
            List.of(siteStages.reports()),
            rejected);
    var updates = new HostUpdates(registry, writer, clock, stages);
    return new HostDesk(
        registry,
        updates,
        new HostStatusReader(registry, zones, history),
        People.open(database, registry, token, hasher, random, clock),
        stages,
        new Challenges(
            new SqliteChallengeStore(database), registry, writer, hasher, clock, random, rejected),
        siteStages.open(updates, checks),
        zones,
        new ExchangeLog(registry, clock));
  }

  HostRegistry registry() {
    return registry;
  }

  HostUpdates updates() {
    return updates;
  }

  HostStatusReader statuses() {
    return statuses;
  }

  /** What a request for hosts goes through: other doors authenticate alike. */
  UpdateStages stages() {
    return stages;
  }

  Challenges challenges() {
    return challenges;
  }

  Supplier<ZoneSnapshot> zones() {
    return zones;
  }

  /** What devices said last, and what they were told. */
  ExchangeLog exchanges() {
    return exchanges;
  }

  People people() {
    return people;
  }

  /** What the API shows, by the first step of the path. */
  Map<String, ApiResource> resources() {
    return Map.of(
        "hosts",
        new HostResource(
            registry, statuses, updates, exchanges, people.accounts(), people.details()),
        "accounts",
        people.accountResource(),
        "people",
        people.personResource(),
        "sites",
        sites.resource());
  }

  /** Ends what runs by itself. */
  @Override
  public void close() {
    sites.close();
  }
}
