package net.homeport.web.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.AccountStore;
import net.homeport.registry.account.HostDetailStore;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.challenge.ChallengeRequests;
import net.homeport.registry.challenge.ChallengeStore;
import net.homeport.registry.challenge.Challenges;
import net.homeport.registry.challenge.RegistrationStanding;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.history.ZoneHistory;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.key.SecretCipher;
import net.homeport.registry.liveness.LivenessBook;
import net.homeport.registry.liveness.LivenessPolicies;
import net.homeport.registry.liveness.LivenessSweeper;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.HostStandings;
import net.homeport.registry.restriction.LastObstacles;
import net.homeport.registry.restriction.PolicyScope;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.RestrictionChecks;
import net.homeport.registry.restriction.WithheldReports;
import net.homeport.registry.site.SiteLeaders;
import net.homeport.registry.site.SitePlanner;
import net.homeport.registry.site.SiteRegistry;
import net.homeport.registry.site.SiteReports;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.CredentialAccess;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.NameVeto;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.registry.update.UpdateStages;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.testkit.FakeClock;
import net.homeport.web.AdministrationResources;
import net.homeport.web.DevicePaths;
import net.homeport.web.MemoryCredentialStore;
import net.homeport.web.MemoryHostStore;
import net.homeport.web.MemoryLivenessStore;
import net.homeport.web.MemoryStores;
import net.homeport.web.WebAddressException;
import net.homeport.web.WebListener;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.http.ClientAddress;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.writer.ZoneWriter;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** A registry, zones and the console over them, served on a free port of every IPv4 address. */
final class ConsoleFixture implements AutoCloseable {
  static final String TOKEN = "the-right-token";

  /** A proxy on this machine says with this header that it speaks for somebody else. */
  static final String FORWARDED_FOR = "X-Forwarded-For";

  final FakeClock clock = new FakeClock(Instant.parse("2026-11-20T08:00:00Z"));
  final ConsoleChanges changes = new ConsoleChanges();
  final MemoryHistory history = new MemoryHistory();
  final WebListener listener;
  final HostRegistry registry;
  final SiteRegistry sites;
  final HostPolicies policies;
  final HostStandings standings;
  final LivenessPolicies silence;
  final LivenessBook liveness;
  final LivenessSweeper sweeper;
  final HostCredentials credentials;

  private final Random random = new Random(5);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ZoneWriter writer;
  private final ZoneRegistry zones;
  private final HostUpdates updates;

  ConsoleFixture() throws WebAddressException {
    this(EventStreams.Pace.NORMAL);
  }

  ConsoleFixture(EventStreams.Pace pace) throws WebAddressException {
    writer = new ZoneWriter(ZoneSnapshot.empty(7), history, _ -> changes.changed(), _ -> {});
    var hasher = new SecretHasher(new byte[SecretHasher.KEY_OCTETS], random);
    registry = new HostRegistry(new MemoryHostStore(), writer::snapshot, hasher, clock);
    zones = new ZoneRegistry(writer, registry, clock);
    sites = new SiteRegistry(new AdministrationResources.NoSites(), registry, clock);
    var leaders = new SiteLeaders(sites, writer::snapshot);
    policies = new HostPolicies(new MemoryStores());
    standings = new HostStandings(new MemoryStores());
    var obstacles = new LastObstacles();
    var withheld = new WithheldReports(new MemoryStores(), policies, standings);
    var livenessStore = new MemoryLivenessStore();
    silence = new LivenessPolicies(livenessStore, registry::host);
    liveness =
        new LivenessBook(livenessStore, silence, registry::host, leaders::of, clock.instant());
    var credentialStore = new MemoryCredentialStore();
    var uses = new CredentialUses(credentialStore);
    var signatures =
        new RequestSignatures(new SecretCipher(new byte[32], random), clock, "a secret of nobody");
    credentials = new HostCredentials(registry, credentialStore, uses, signatures, hasher);
    var grants = new HostGrants(registry, sites);
    var access = new CredentialAccess(grants);
    var authenticator = new HostAuthenticator(registry, hasher, grants, uses, signatures);
    var reports = new SiteReports(sites);
    List<UpdateCheck> checks = new ArrayList<>(List.of(access, liveness));
    // The clock stands still, so no budget would ever be filled up again.
    policies.set(
        new PolicyScope.Everywhere(),
        PolicySetting.CHANGE_BUDGET,
        "unlimited",
        "administrator",
        clock.instant());
    checks.addAll(RestrictionChecks.all(policies, standings, clock));
    updates =
        new HostUpdates(
            registry,
            writer,
            clock,
            new UpdateStages(
                authenticator,
                access,
                new SitePlanner(sites, writer::snapshot, clock),
                checks,
                List.of(obstacles, withheld, reports, liveness),
                RejectedAttempts.NONE));
    sweeper = new LivenessSweeper(liveness, registry, updates, writer::snapshot, _ -> {});
    var accounts = new AccountRegistry(AccountStore.NONE, clock);
    var exchanges = new ExchangeLog(registry, clock);
    var sources =
        new ConsoleSources(
            new ConsoleSources.Hosts(
                registry,
                new HostStatusReader(registry, writer::snapshot, history),
                accounts,
                new HostDetails(HostDetailStore.NONE, registry, accounts),
                credentials,
                grants,
                liveness),
            zones,
            new ConsoleSources.Restrictions(policies, standings, withheld, obstacles),
            new ConsoleSources.Sites(sites, leaders),
            new ZoneHistory(writer, history, ZoneRoles.ALL_PRIMARY, _ -> false),
            exchanges);
    var clientAddress = new ClientAddress(List.of(AddressBlock.parse("127.0.0.0/8")));
    var challenges =
        new Challenges(
            ChallengeStore.NONE,
            new RegistrationStanding(registry, authenticator, grants),
            writer,
            hasher,
            clock,
            random,
            RejectedAttempts.NONE,
            NameVeto.NONE);
    Map<PathSpec, Handler> routes =
        new HashMap<>(
            DevicePaths.routes(
                updates,
                new ChallengeRequests(authenticator, updates, grants, challenges),
                writer::snapshot,
                clientAddress,
                exchanges));
    var consoleAccess = new ConsoleAccess(clientAddress, TOKEN::equals, clock, random);
    routes.putAll(ConsoleHandlers.routes(consoleAccess, sources, changes, clock, pace));
    listener = WebListener.open(List.of(new InetSocketAddress("0.0.0.0", 0)), routes);
  }

  void addZone(String name) throws IOException {
    var actor = new Attribution("administrator", "api", null, clock.instant());
    Name apex = Name.fromString(name, Name.root);
    zones.add(apex, Name.fromString("ns1", apex), actor);
  }

  /** Adds a host; its secret. */
  String addHost(String name) throws IOException {
    HostAddition addition = registry.add(Name.fromString(name, Name.root), 60);
    return Objects.requireNonNull(((HostAddition.Added) addition).secret());
  }

  /** A device tells these addresses through dyndns2 from 203.0.113.77. */
  void update(String host, String secret, @Nullable String ipv4, @Nullable String ipv6) {
    updates.update(
        new UpdateRequest(
            new Presented.Password(host, secret),
            new RequestOrigin(InetAddress.ofLiteral("203.0.113.77"), "dyndns2"),
            List.of(new HostWish(host, wish(ipv4), wish(ipv6)))));
  }

  private static AddressWish wish(@Nullable String address) {
    return address == null
        ? AddressWish.KEEP
        : new AddressWish.Publish(InetAddress.ofLiteral(address));
  }

  /** A device asks for this path, as user with this password, and calls itself so. */
  HttpResponse<String> device(String path, String user, String password, String userAgent)
      throws IOException, InterruptedException {
    byte[] basic = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return send(
        request(path)
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic))
            .header("User-Agent", userAgent)
            .header(FORWARDED_FOR, "203.0.113.77"));
  }

  int port() {
    return listener.addresses().getFirst().getPort();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** A form, sent through a proxy on behalf of a client. */
  HttpResponse<String> signIn(String client, String token)
      throws IOException, InterruptedException {
    return send(
        request("/login")
            .header(FORWARDED_FOR, client)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("token=" + token)));
  }

  EventReader events(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new EventReader(client.send(request.build(), BodyHandlers.ofInputStream()));
  }

  EventReader events(String path) throws IOException, InterruptedException {
    return events(request(path));
  }

  @Override
  public void close() {
    client.shutdownNow();
    listener.close();
    writer.close();
  }
}
