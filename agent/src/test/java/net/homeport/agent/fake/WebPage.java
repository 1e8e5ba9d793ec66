package net.homeport.agent.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An HTTP server on the loopback interface that gives one answer to everything. */
public final class WebPage implements AutoCloseable {
  private final HttpServer http;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Reply reply = new Reply(200, Map.of(), "");

  /** What came. */
  public record Request(String pathAndQuery, String authorization, String userAgent) {}

  /** What goes. */
  public record Reply(int status, Map<String, String> headers, String body) {}

  public WebPage() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::answer);
    http.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  public void says(String body) {
    says(200, Map.of(), body);
  }

  public void says(int status, Map<String, String> headers, String body) {
    reply = new Reply(status, headers, body);
  }

  public List<Request> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Request(
              exchange.getRequestURI().toString(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"))));
      Reply now = reply;
      now.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(now.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
