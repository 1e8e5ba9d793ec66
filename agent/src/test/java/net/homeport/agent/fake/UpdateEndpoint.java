package net.homeport.agent.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A small dyndns2 server for the user "alice" that publishes into a {@link ZoneResponder}. */
public final class UpdateEndpoint implements AutoCloseable {
  private final HttpServer http;
  private final ZoneResponder zone;
  private final Set<String> hosts;
  private final Map<String, String> current = new HashMap<>();
  private final List<String> updates = new CopyOnWriteArrayList<>();
  private volatile String password = "secret";
  private volatile String seenFrom = "";
  private volatile int failing;

  public UpdateEndpoint(ZoneResponder zone, Set<String> hosts) throws IOException {
    this.zone = zone;
    this.hosts = hosts;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/nic/update", exchange -> reply(exchange, update(exchange)));
    http.createContext("/nic/checkip", exchange -> reply(exchange, seenFrom));
    http.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** What was asked for, as {@code hostname=...&myip=...}, refused or not. */
  public List<String> updates() {
    return updates;
  }

  public void password(String changed) {
    password = changed;
  }

  /** What checkip answers. */
  public void seesFrom(String address) {
    seenFrom = address;
  }

  /** Answers {@code 911} to the next {@code times} updates. */
  public void fails(int times) {
    failing = times;
  }

  private synchronized String update(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    updates.add(query);
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("alice:" + password).getBytes(StandardCharsets.UTF_8));
    if (failing > 0) {
      failing--;
      return "911";
    }
    if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return "badauth";
    }
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    var lines = new StringBuilder();
    String addresses = parameters.getOrDefault("myip", "");
    for (String host : parameters.getOrDefault("hostname", "").split(",", -1)) {
      lines.append(update(host, addresses)).append('\n');
    }
    return lines.toString();
  }

  private String update(String host, String addresses) {
    if (!hosts.contains(host)) {
      return "nohost";
    }
    zone.point(host, Arrays.stream(addresses.split(",", -1)).map(InetAddress::ofLiteral).toList());
    boolean same = addresses.equals(current.put(host, addresses));
    return (same ? "nochg " : "good ") + addresses;
  }

  private static void reply(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
