package net.homeport.web.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.DirectPlanner;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.registry.update.UpdateStages;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.testkit.FakeClock;
import net.homeport.web.MemoryHostStore;
import net.homeport.web.WebAddressException;
import net.homeport.web.WebListener;
import net.homeport.web.http.ClientAddress;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.writer.ZoneWriter;
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
    updates =
        new HostUpdates(
            registry,
            writer,
            clock,
            UpdateStages.plain(
                new HostAuthenticator(registry, hasher), new DirectPlanner(writer::snapshot)));
    var statuses = new HostStatusReader(registry, writer::snapshot, history);
    var clientAddress = new ClientAddress(List.of(AddressBlock.parse("127.0.0.0/8")));
    var access = new ConsoleAccess(clientAddress, TOKEN::equals, clock, random);
    var tables = new HostTables(registry, statuses, zones);
    listener =
        WebListener.open(
            List.of(new InetSocketAddress("0.0.0.0", 0)),
            ConsoleHandlers.routes(access, tables, changes, clock, pace));
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
