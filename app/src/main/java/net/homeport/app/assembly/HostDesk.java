package net.homeport.app.assembly;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.challenge.Challenges;
import net.homeport.registry.challenge.RegistrationStanding;
import net.homeport.registry.credential.Sealer;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.history.ZoneHistory;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.restriction.HostRelease;
import net.homeport.registry.restriction.RestrictionChecks;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.NameVeto;
import net.homeport.registry.update.SignedUpdateJudge;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateStages;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.store.sqlite.SqliteChallengeStore;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteHostDetailStore;
import net.homeport.store.sqlite.SqliteRegistryStore;
import net.homeport.web.api.AcmeDnsResource;
import net.homeport.web.api.ApiResource;
import net.homeport.web.api.HostImportResource;
import net.homeport.web.api.HostResource;
import net.homeport.web.console.ConsoleSources;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.freedns.FreeDnsListing;
import net.homeport.web.http.ClientAddress;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.writer.ZoneWriter;
import org.xbill.DNS.Name;

/**
 * Everything about hosts, wired: who they are, what a request for them goes through, and what the
 * API shows of it.
 */
final class HostDesk implements AutoCloseable {
  private final Supplier<ZoneSnapshot> zones;
  private final HostRegistry registry;
  private final Restrictions restrictions;
  private final RejectedAttempts rejected;
  private final Credentials credentials;
  private final People people;
  private final SiteDesk sites;
  private final ConsoleSources.Sites shownSites;
  private final LivenessDesk liveness;
  private final UpdateStages stages;
  private final HostUpdates updates;
  private final HostStatusReader statuses;
  private final RegistrationStanding standing;
  private final HostRelease release;
  private final Challenges challenges;
  private final SignedUpdateJudge judge;
  private final ExchangeLog exchanges;

  /**
   * What verifies secrets.
   *
   * @param token whether a token is the administrator's
   */
  record Secrets(
      SecretHasher hasher, Sealer sealer, Predicate<String> token, RandomGenerator random) {}

  HostDesk(
      SqliteDatabase database,
      ZoneWriter writer,
      ZoneRoles roles,
      ChangeHistory history,
      Secrets secrets,
      RejectedAttempts rejected,
      InstantSource clock) {
    this.rejected = rejected;
    SecretHasher hasher = secrets.hasher();
    zones = writer::snapshot;
    var owners = new Owners(new SqliteHostDetailStore(database));
    restrictions = Restrictions.open(database, owners, clock);
    registry =
        new HostRegistry(
            new SqliteRegistryStore(database),
            zones,
            roles,
            restrictions.nameChecks(),
            hasher,
            clock);
    var siteStages = new SiteDesk.Stages(database, registry, zones, clock);
    credentials =
        Credentials.open(
            database, registry, hasher, secrets.sealer(), siteStages.members(), owners, clock);
    people = People.open(database, registry, secrets.token(), hasher, secrets.random(), clock);
    owners.are(people.details());
    List<UpdateCheck> checks = new ArrayList<>(List.of(credentials.access()));
    checks.addAll(restrictions.checks());
    checks.add(siteStages.check());
    var silence = new LivenessDesk.Stages(database, registry, siteStages.leaders(), zones, clock);
    checks.addAll(silence.checks());
    List<UpdateObserver> observers = new ArrayList<>(restrictions.observers(registry, zones));
    observers.add(siteStages.reports());
    observers.addAll(silence.observers());
    stages =
        new UpdateStages(
            credentials.authenticator(),
            credentials.access(),
            siteStages.planner(),
            checks,
            observers,
            rejected);
    updates = new HostUpdates(registry, writer, clock, stages);
    List<UpdateCheck> ofSigned =
        new ArrayList<>(RestrictionChecks.ofSignedUpdates(restrictions.checks()));
    ofSigned.add(silence.truth());
    List<UpdateObserver> observersOfSigned = new ArrayList<>(observers);
    observersOfSigned.add(updates.late());
    judge =
        new SignedUpdateJudge(
            registry::host,
            restrictions.veto(),
            restrictions.freed(),
            silence.truth(),
            ofSigned,
            observersOfSigned);
    List<UpdateCheck> withoutRequest = new ArrayList<>(checks);
    withoutRequest.add(silence.untilHeard());
    sites = siteStages.open(updates, withoutRequest);
    shownSites = siteStages.shown();
    liveness = silence.open(updates, zones);
    release = restrictions.release(registry, updates, liveness::isSilent);
    statuses = new HostStatusReader(registry, zones, history, this::remarks);
    standing =
        new RegistrationStanding(registry, credentials.authenticator(), credentials.grants());
    challenges =
        new Challenges(
            new SqliteChallengeStore(database),
            standing,
            writer,
            hasher,
            clock,
            secrets.random(),
            rejected,
            restrictions.veto());
    registry.whenLeaving(challenges::leaving);
    registry.whenRemoved(challenges::removed);
    exchanges = new ExchangeLog(registry, clock);
  }

  private List<String> remarks(Host host, List<InetAddress> published) {
    var remarks = new ArrayList<String>(restrictions.remarks(host));
    remarks.addAll(liveness.remarks(host, published));
    return remarks;
  }

  HostRegistry registry() {
    return registry;
  }

  HostUpdates updates() {
    return updates;
  }

  Credentials credentials() {
    return credentials;
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

  /** Whose credentials are. */
  private CredentialOwners owners() {
    return new CredentialOwners(
        registry, credentials.grants(), people.details(), people.accounts());
  }

  /** What the API shows, by the first step of the path. */
  Map<String, ApiResource> resources() {
    Map<String, ApiResource> resources =
        new HashMap<>(
            restrictions.resources(
                registry, updates, release, challenges::stopped, zones, people.accounts()));
    resources.merge(
        "hosts",
        new HostResource(
                registry,
                statuses,
                updates,
                exchanges,
                people.accounts(),
                people.details(),
                owners())
            .or(liveness.beside(people.details())),
        (beside, host) -> host.or(beside));
    resources.put(
        "host-imports",
        new HostImportResource(registry, people.accounts(), people.details(), owners()));
    resources.putAll(liveness.resources());
    resources.put("accounts", people.accountResource());
    resources.put("people", people.personResource());
    resources.put("credentials", credentials.resource(owners()));
    resources.put("acme-dns", new AcmeDnsResource(challenges, standing));
    resources.put("sites", sites.resource());
    return resources;
  }

  /** Where the console reads. */
  ConsoleSources shown(ZoneRegistry zoneRegistry, ZoneHistory history) {
    return new ConsoleSources(
        new ConsoleSources.Hosts(
            registry,
            statuses,
            people.accounts(),
            people.details(),
            credentials.credentials(),
            credentials.grants(),
            liveness.book()),
        zoneRegistry,
        restrictions.shown(),
        shownSites,
        history,
        exchanges);
  }

  /** Explanations of requests for hosts, beside those of signed updates. */
  ApiResource explanations() {
    return restrictions.explanations(registry, updates, statuses, rejected, owners());
  }

  /** The hosts of a login, as FreeDNS lists them. */
  FreeDnsListing freeDnsListing(ClientAddress clientAddress, InstantSource clock) {
    return new FreeDnsListing(
        credentials.authenticator(),
        credentials.grants(),
        zones,
        clientAddress,
        exchanges,
        rejected,
        clock);
  }

  /** Told of hosts that signed updates speak of. */
  BiConsumer<Name, Instant> heard() {
    return liveness.book()::heard;
  }

  /** What signed updates must keep besides the rules of their keys. */
  SignedUpdateJudge judge() {
    return judge;
  }

  /** Names that are blocked. */
  NameVeto veto() {
    return restrictions.veto();
  }

  /** Ends what runs by itself. */
  @Override
  public void close() {
    liveness.close();
    restrictions.close();
    sites.close();
    credentials.close();
  }
}
