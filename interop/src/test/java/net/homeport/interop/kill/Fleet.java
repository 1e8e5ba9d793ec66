package net.homeport.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Dns;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import net.homeport.interop.kill.HostLedger.Verdict;

/** The devices of the kill test, and what DNS says of their hosts. */
final class Fleet {
  private static final int CLIENTS = 32;
  private static final List<String> ZONES = List.of("dyn.example.org", "dyn.example.net");
  private static final int HOSTS_IN_A_ZONE = 1;

  private final List<UpdateClient> clients;

  private Fleet(List<UpdateClient> clients) {
    this.clients = List.copyOf(clients);
  }

  /** Adds the zones and the hosts to a new server. */
  static Fleet register(HomeportProcess server) {
    ZONES.forEach(server::addZone);
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
    return new Fleet(clients);
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
    return clients.stream()
        .map(client ->
            Thread.ofVirtual()
                .name("client")
                .start(() -> client.updateUntilTheEnd(server.webAddress())))
        .toList();
  }

  int acknowledged() {
    return clients.stream().mapToInt(UpdateClient::acknowledged).sum();
  }

  int refused() {
    return clients.stream().mapToInt(UpdateClient::refused).sum();
  }

  List<HostLedger> hosts() {
    return clients.stream().flatMap(client -> client.hosts().stream()).toList();
  }

  /** Asks DNS for each host, and counts the verdicts; prints those that are bad. */
  static Map<Verdict, Integer> check(Dns dns, List<HostLedger> hosts) {
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (HostLedger host : hosts) {
      int ipv4 = number(dns.a(host.host()));
      int ipv6 = number(dns.aaaa(host.host()));
      int acknowledged = host.acknowledged();
      Verdict verdict = host.judge(ipv4, ipv6);
      verdicts.merge(verdict, 1, Integer::sum);
      if (verdict != Verdict.KEPT) {
        System.out.printf(
            "  %s: %s, update %d was acknowledged, A is of %d, AAAA of %d%n",
            verdict, host.host(), acknowledged, ipv4, ipv6);
      }
    }
    return verdicts;
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
