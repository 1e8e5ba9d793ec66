package net.homeport.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.homeport.interop.harness.Dns;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import net.homeport.interop.kill.HostLedger.Verdict;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The devices of the kill test, and what DNS says of their hosts. */
final class Fleet {
  private static final int CLIENTS = 32;
  static final List<String> ZONES = List.of("dyn.example.org", "dyn.example.net");
  private static final int HOSTS_IN_A_ZONE = 1;

  private static final int SIGNED_CLIENTS = 4;
  private static final String KEY = "kill-test";
  private static final String SECRET = "bm9ib2R5IGxvc2VzIGFuIHVwZGF0ZSBoZXJlLCB5b3Ugc2VlPw==";

  private final List<UpdateClient> clients;
  private final List<SignedUpdateClient> signed;
  private final Map<String, Long> serials = new HashMap<>();

  private Fleet(List<UpdateClient> clients, List<SignedUpdateClient> signed) {
    this.clients = List.copyOf(clients);
    this.signed = List.copyOf(signed);
  }

  /** Adds the zones and the hosts to a new server. */
  static Fleet register(HomeportProcess server) {
    ZONES.forEach(server::addZone);
    server.unlimitChanges();
    var clients = new ArrayList<UpdateClient>();
    try (var http = HttpClient.newHttpClient()) {
      for (int client = 0; client < CLIENTS; client++) {
        String username = "h%d-0.%s".formatted(client, ZONES.getFirst());
        String password = "";
        var hosts = new ArrayList<HostLedger>();
        for (String zone : ZONES) {
          for (int i = 0; i < HOSTS_IN_A_ZONE; i++) {
            String host = "h%d-%d.%s".formatted(client, i, zone);
            Map<?, ?> added = add(http, server, host, hosts.isEmpty() ? "" : username);
            password = hosts.isEmpty() ? String.valueOf(added.get("password")) : password;
            hosts.add(new HostLedger(host));
          }
        }
        clients.add(new UpdateClient(username, password, hosts));
      }
    }
    return new Fleet(clients, signedClients(server));
  }

  /** None if this server knows no keys, unless {@code kill.rfc2136} says that it must. */
  private static List<SignedUpdateClient> signedClients(HomeportProcess server) {
    String wanted = System.getProperty("kill.rfc2136", "auto");
    if (wanted.equals("off")) {
      return List.of();
    }
    boolean known = server.command("key", "--help").out().contains("homeport key");
    if (!known) {
      assertThat(wanted).as("--rfc2136, but this server has no keys").isNotEqualTo("on");
      return List.of();
    }
    String zone = ZONES.getFirst();
    server
        .command("key", "add", KEY, "--secret", SECRET, "--zone", zone, "--subtree", zone)
        .succeeded();
    return IntStream.range(0, SIGNED_CLIENTS)
        .mapToObj(number -> new SignedUpdateClient(new SignedUpdate(KEY, SECRET), zone, number))
        .toList();
  }

  /** By the API: the command line would start a JVM for each host. */
  private static Map<?, ?> add(
      HttpClient http, HomeportProcess server, String host, String username) {
    try {
      String token = Files.readString(server.data().resolve("administrator.token")).strip();
      String joins = username.isEmpty() ? "" : ",\"username\":\"" + username + "\"";
      var request =
          HttpRequest.newBuilder(URI.create(server.web() + "/api/v1/hosts"))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"name\":\"" + host + "\"" + joins + "}"))
              .build();
      var response = http.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
      return Json.object(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All devices at once update until the server dies; returns their threads. */
  List<Thread> update(HomeportProcess server) {
    var threads = new ArrayList<Thread>();
    for (UpdateClient client : clients) {
      threads.add(
          Thread.ofVirtual()
              .name("client")
              .start(() -> client.updateUntilTheEnd(server.webAddress())));
    }
    var dns = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.dnsPort());
    for (SignedUpdateClient client : signed) {
      threads.add(
          Thread.ofVirtual().name("signed").start(() -> client.update(dns, Integer.MAX_VALUE)));
    }
    return threads;
  }

  int acknowledged() {
    return clients.stream().mapToInt(UpdateClient::acknowledged).sum() + signedAcknowledged();
  }

  /** Those of them that came by RFC 2136. */
  int signedAcknowledged() {
    return signed.stream().mapToInt(SignedUpdateClient::acknowledged).sum();
  }

  int refused() {
    return clients.stream().mapToInt(UpdateClient::refused).sum()
        + signed.stream().mapToInt(SignedUpdateClient::refused).sum();
  }

  List<HostLedger> hosts() {
    return clients.stream().flatMap(client -> client.hosts().stream()).toList();
  }

  /** Asks DNS for all, and counts the verdicts; the serials must not have gone back. */
  Map<Verdict, Integer> check(Dns dns) {
    Map<Verdict, Integer> verdicts = check(dns, hosts());
    for (SignedUpdateClient client : signed) {
      int one = number(dns.a(client.first()));
      int other = number(dns.a(client.second()));
      verdicts.merge(judge(client.ledger(), one, other), 1, Integer::sum);
    }
    for (String zone : ZONES) {
      long serial =
          ((SOARecord) dns.ask(zone, Type.SOA).getSection(Section.ANSWER).getFirst()).getSerial();
      assertThat(serial)
          .as("serial of %s", zone)
          .isGreaterThanOrEqualTo(serials.getOrDefault(zone, 0L));
      serials.put(zone, serial);
    }
    return verdicts;
  }

  /** The ledgers of all, those of signed updates by the first of their names. */
  private Stream<HostLedger> ledgers() {
    return Stream.concat(hosts().stream(), signed.stream().map(SignedUpdateClient::ledger));
  }

  /** The number of the last update of each host that was acknowledged; while updates go on. */
  Map<String, Integer> acknowledgedByHost() {
    return ledgers().collect(Collectors.toMap(HostLedger::host, HostLedger::acknowledged));
  }

  /** The number of the last update of each host that was sent; while updates go on. */
  Map<String, Integer> sentByHost() {
    return ledgers().collect(Collectors.toMap(HostLedger::host, HostLedger::sent));
  }

  /**
   * Asks a server on a copy of the data, and counts the verdicts.
   *
   * @param acknowledged what was before the copy was begun
   * @param sent what was once it was done
   */
  Map<Verdict, Integer> checkCopy(
      Dns dns, Map<String, Integer> acknowledged, Map<String, Integer> sent) {
    Function<String, HostLedger> expected =
        host ->
            HostLedger.of(
                host,
                Objects.requireNonNull(acknowledged.get(host)),
                Objects.requireNonNull(sent.get(host)));
    Map<Verdict, Integer> verdicts =
        check(dns, hosts().stream().map(HostLedger::host).map(expected).toList());
    for (SignedUpdateClient client : signed) {
      int one = number(dns.a(client.first()));
      int other = number(dns.a(client.second()));
      verdicts.merge(judge(expected.apply(client.first()), one, other), 1, Integer::sum);
    }
    return verdicts;
  }

  /** Asks DNS for each host, and counts the verdicts; prints those that are bad. */
  static Map<Verdict, Integer> check(Dns dns, List<HostLedger> hosts) {
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (HostLedger host : hosts) {
      int ipv4 = number(dns.a(host.host()));
      int ipv6 = number(dns.aaaa(host.host()));
      verdicts.merge(judge(host, ipv4, ipv6), 1, Integer::sum);
    }
    return verdicts;
  }

  private static Verdict judge(HostLedger host, int one, int other) {
    int acknowledged = host.acknowledged();
    Verdict verdict = host.judge(one, other);
    if (verdict != Verdict.KEPT) {
      System.out.printf(
          "  %s: %s, update %d was acknowledged, the answers are of %d and %d%n",
          verdict, host.host(), acknowledged, one, other);
    }
    return verdict;
  }

  /** The number that the address carries. */
  private static int number(List<String> addresses) {
    if (addresses.isEmpty()) {
      return 0;
    }
    byte[] octets = InetAddress.ofLiteral(addresses.getFirst()).getAddress();
    int last = octets.length - 1;
    return (octets[last - 2] & 0xFF) << 16 | (octets[last - 1] & 0xFF) << 8 | (octets[last] & 0xFF);
  }
}
