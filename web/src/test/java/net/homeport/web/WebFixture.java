package net.homeport.web;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.AccountStore;
import net.homeport.registry.account.Authorization;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.account.HostDetailStore;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.account.PasswordHasher;
import net.homeport.registry.account.PrincipalReader;
import net.homeport.registry.challenge.ChallengeRequests;
import net.homeport.registry.challenge.ChallengeStore;
import net.homeport.registry.challenge.Challenges;
import net.homeport.registry.challenge.RegistrationStanding;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.CredentialChange;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostOwners;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.host.NewCredential;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.key.SecretCipher;
import net.homeport.registry.liveness.AddressLeaders;
import net.homeport.registry.liveness.LivenessBook;
import net.homeport.registry.liveness.LivenessPolicies;
import net.homeport.registry.naming.Quarantine;
import net.homeport.registry.policy.UpdatePolicy;
import net.homeport.registry.probe.DeclaredPorts;
import net.homeport.registry.probe.ReachabilityProbe;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.secondary.MirroredZones;
import net.homeport.registry.truth.AddressTruth;
import net.homeport.registry.update.CredentialAccess;
import net.homeport.registry.update.DirectPlanner;
import net.homeport.registry.update.DnsUpdates;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.NameVeto;
import net.homeport.registry.update.UpdateStages;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.web.acmedns.AcmeDnsHandler;
import net.homeport.web.api.AccountResource;
import net.homeport.web.api.AcmeDnsResource;
import net.homeport.web.api.ApiAccess;
import net.homeport.web.api.ApiHandler;
import net.homeport.web.api.ApiResource;
import net.homeport.web.api.ExplainResource;
import net.homeport.web.api.HostLivenessResource;
import net.homeport.web.api.HostResource;
import net.homeport.web.api.KeyResource;
import net.homeport.web.api.LivenessResource;
import net.homeport.web.api.PersonResource;
import net.homeport.web.api.PortResource;
import net.homeport.web.api.StatusResource;
import net.homeport.web.api.TruthResource;
import net.homeport.web.api.ZoneResource;
import net.homeport.web.cloudflare.CloudflareHandler;
import net.homeport.web.dialect.DialectHandler;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.freedns.FreeDnsRoutes;
import net.homeport.web.gnudip.GnuDipDialect;
import net.homeport.web.gnudip.GnuDipListener;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import net.homeport.web.http.Tries;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.writer.Journal;
import net.homeport.zone.writer.ZoneWriter;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The front doors over a real registry and writer, listening on loopback; the stores are in memory.
 */
public final class WebFixture extends ListeningWeb implements AutoCloseable {
  public static final String TOKEN = "the-administrators-token";

  private static final NameClaim RECLAIMING = new NameClaim(NameClaim.ADMINISTRATOR, false, true);

  private final HostRegistry registry;
  private final MemorySites sites;
  private final Map<String, ApiResource> resources;
  private final HostCredentials credentials;
  private final GnuDipListener gnuDip;
  private final AtomicReference<Instant> time;

  private WebFixture(
      ZoneWriter writer,
      HostRegistry registry,
      HostCredentials credentials,
      GnuDipListener gnuDip,
      WebListener listener,
      MemorySites sites,
      Map<String, ApiResource> resources,
      AtomicReference<Instant> time) {
    super(writer, listener);
    this.sites = sites;
    this.resources = Map.copyOf(resources);
    this.credentials = credentials;
    this.gnuDip = gnuDip;
    this.time = time;
    this.registry = registry;
  }

  /** With the zone dyn.example.org, whose static records are those of {@code zoneText}. */
  public static WebFixture start(String zoneText, Journal journal, String... trustedProxies)
      throws Exception {
    var time = new AtomicReference<>(START);
    InstantSource clock = time::get;
    Name apex = name("dyn.example.org");
    ZoneSnapshot empty = ZoneSnapshot.empty(7);
    Zone zone =
        ZoneText.parse(
            empty,
            apex,
            """
            $TTL 300
            @ SOA ns1 hostmaster 100 7200 900 1209600 60
            @ NS ns1
            ns1 A 192.0.2.1
            """
                + zoneText);
    var recorded = new RecordedJournal(journal);
    var rejected = new MemoryRejectedAttempts();
    var writer = new ZoneWriter(empty.with(zone), recorded, _ -> {}, _ -> {});
    var hasher = new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new Random(7));
    var stores = new MemoryStores();
    var known = new AtomicReference<@Nullable HostDetails>();
    HostOwners owners = host -> Objects.requireNonNull(known.get()).accountOf(host.name());
    var quarantine = new Quarantine(stores, new HostPolicies(stores), owners, clock);
    var registry =
        new HostRegistry(
            new MemoryHostStore(),
            writer::snapshot,
            ZoneRoles.ALL_PRIMARY,
            List.of(quarantine),
            hasher,
            clock);
    var sites = new MemorySites(registry);
    var grants = new HostGrants(registry, sites, owners);
    var liveness = new MemoryLivenessStore();
    var policies = new LivenessPolicies(liveness, registry::host);
    var book =
        new LivenessBook(liveness, policies, registry::host, AddressLeaders.NONE, clock.instant());
    var truth = new AddressTruth(liveness);
    var ports = new DeclaredPorts(liveness, registry::host);
    var probe =
        new ReachabilityProbe(
            writer::snapshot,
            (to, _) -> {
              if (to.getPort() != 443) {
                throw new ConnectException();
              }
            },
            clock);
    var hostAccess = new CredentialAccess(grants);
    var credentialStore = new MemoryCredentialStore();
    var uses = new CredentialUses(credentialStore);
    var signatures =
        new RequestSignatures(
            new SecretCipher(new byte[32], new Random(8)), clock, "a secret of nobody");
    var credentials = new HostCredentials(registry, credentialStore, uses, signatures, hasher);
    var authenticator = new HostAuthenticator(registry, hasher, grants, uses, signatures);
    var updates =
        new HostUpdates(
            registry,
            writer,
            clock,
            new UpdateStages(
                authenticator,
                hostAccess,
                new DirectPlanner(writer::snapshot),
                List.of(hostAccess, truth, book),
                List.of(book, truth),
                rejected));
    var zones = new ZoneRegistry(writer, registry, clock);
    var mirrored =
        new MirroredZones(
            new MemoryMirroredZoneStore(), name -> writer.snapshot().zone(name) != null);
    var statuses = new HostStatusReader(registry, writer::snapshot, recorded, truth::remarks);
    var random = new Random(7);
    var keys =
        new KeyRegistry(
            new MemoryKeyStore(), new SecretCipher(new byte[32], random), clock, random);
    var clientAddress =
        new ClientAddress(List.of(trustedProxies).stream().map(AddressBlock::parse).toList());
    var exchanges = new ExchangeLog(registry, clock);
    var accounts = new AccountRegistry(AccountStore.NONE, clock);
    var details = new HostDetails(HostDetailStore.NONE, registry, accounts);
    known.set(details);
    var owned = new CredentialOwners(registry, grants, details, accounts);
    var passwords = new PasswordHasher(random);
    var access =
        new ApiAccess(
            new PrincipalReader(accounts, TOKEN::equals, hasher, passwords, clock),
            new Authorization(accounts, clock),
            new Tries(clock));
    Map<String, ApiResource> resources =
        new HashMap<>(
            AdministrationResources.of(
                new AdministrationResources.Server(
                    registry,
                    credentials,
                    grants,
                    updates,
                    statuses,
                    writer,
                    zones,
                    keys,
                    accounts,
                    details,
                    owned,
                    quarantine,
                    recorded,
                    rejected,
                    hasher,
                    clock),
                stores));
    ApiResource standing = Objects.requireNonNull(resources.get("hosts"));
    ApiResource requests = Objects.requireNonNull(resources.get("explain"));
    resources.putAll(
        Map.of(
            "zones", new ZoneResource(zones, mirrored),
            "hosts",
                new HostResource(registry, statuses, updates, exchanges, accounts, details, owned)
                    .or(new HostLivenessResource(registry, details, book, policies, clock))
                    .or(new PortResource(registry, details, ports, probe, clock))
                    .or(standing),
            "liveness", new LivenessResource(registry, book, policies, clock),
            "truth", new TruthResource(truth),
            "accounts", new AccountResource(accounts, details),
            "people", new PersonResource(accounts, passwords, hasher),
            "keys", new KeyResource(keys),
            "explain",
                new ExplainResource(
                        keys, new DnsUpdates(new UpdatePolicy(keys, clock), writer, clock))
                    .or(requests),
            "status",
                new StatusResource(
                    "test", List::of, List::of, List::of, List::of, () -> null, zones, registry)));
    var registrations = new RegistrationStanding(registry, authenticator, grants);
    var challenges =
        new Challenges(
            ChallengeStore.NONE,
            registrations,
            writer,
            hasher,
            clock,
            random,
            RejectedAttempts.NONE,
            NameVeto.NONE);
    resources.put("acme-dns", new AcmeDnsResource(challenges, registrations));
    var api = new ApiHandler(access, clientAddress, clock, resources);
    var origins = new Origins(clientAddress);
    var challengeRequests = new ChallengeRequests(authenticator, updates, grants, challenges);
    Map<PathSpec, Handler> routes =
        new HashMap<>(
            DevicePaths.routes(
                updates, challengeRequests, writer::snapshot, clientAddress, exchanges));
    routes.put(new ServletPathSpec(ApiHandler.PREFIX + "*"), api);
    routes.put(
        new ServletPathSpec(AcmeDnsHandler.PREFIX + "/*"),
        new AcmeDnsHandler(challenges, registry, authenticator, grants, origins, exchanges));
    routes.put(
        new ServletPathSpec(CloudflareHandler.PREFIX + "/*"),
        new CloudflareHandler(
            authenticator,
            registry,
            grants,
            updates,
            challenges,
            challengeRequests,
            writer::snapshot,
            hasher,
            origins,
            exchanges));
    FreeDnsRoutes.put(
        routes, authenticator, grants, updates, writer, clientAddress, exchanges, clock);
    var gnuDip = GnuDipListener.open(loopback(), updates, exchanges, hasher, clock);
    var gnuDipDialect = new GnuDipDialect(hasher, clock);
    routes.put(
        new ServletPathSpec(GnuDipDialect.PATH),
        new DialectHandler(_ -> gnuDipDialect, updates, origins, exchanges));
    var listener =
        WebListener.open(
            List.of(loopback(), new InetSocketAddress(InetAddress.ofLiteral("::1"), 0)), routes);
    return new WebFixture(writer, registry, credentials, gnuDip, listener, sites, resources, time);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  public static WebFixture start() throws Exception {
    return start("", _ -> {});
  }

  /** Adds a host; returns its password. */
  public String host(String name) throws TextParseException {
    var added = (HostAddition.Added) registry.add(name(name), Host.DEFAULT_TTL, RECLAIMING);
    return Objects.requireNonNull(added.secret());
  }

  /** Time goes on. */
  public void pass(Duration duration) {
    time.updateAndGet(now -> now.plus(duration));
  }

  /** Removes a host from the registry. */
  public void removeHost(String name) throws TextParseException {
    registry.remove(name(name));
  }

  /** Adds a host to the credential of that user name. */
  public void hostOf(String username, String name) throws TextParseException {
    registry.addTo(username, name(name), Host.DEFAULT_TTL, RECLAIMING);
  }

  /** Lets the credential of that user name sign; returns the secret for that. */
  public String sign(String username) {
    var done = (CredentialChange.Done) credentials.sign(username, true);
    return Objects.requireNonNull(done.signingSecret());
  }

  /** Adds a credential beside those of hosts; returns its password. */
  public String credential(String username, NameScope names) {
    var scope =
        new CredentialScope(
            names, CredentialScope.ANY_TYPE, Set.of(), List.of(), null, null, false);
    var done =
        (CredentialChange.Done) credentials.add(new NewCredential(username, "", scope, false));
    return Objects.requireNonNull(done.secret());
  }

  /** Changes credentials. */
  public HostCredentials credentials() {
    return credentials;
  }

  /** Those of the API, by the first step of their paths. */
  public Map<String, ApiResource> resources() {
    return resources;
  }

  /** Where GnuDIP is spoken. */
  public InetSocketAddress gnuDip() {
    return gnuDip.address();
  }

  /** Puts a host into a site. */
  public void siteHost(String site, String name) throws TextParseException {
    sites.add(site, name(name));
  }

  @Override
  public void close() {
    listener.close();
    gnuDip.close();
    writer.close();
  }
}
