package net.homeport.agent.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sends one GET and reads the whole answer, or gives up. Thread-safe.
 *
 * <p>Every request opens a connection of its own. The agent speaks just after its address changed,
 * when a pooled connection still carries the address that is gone and would hang until it times
 * out.
 */
public final class BoundedGet {
  /** Largest body read, in bytes; an answer of more is an error page, not an answer. */
  public static final int BODY_BYTES_MAX = 16 * 1024;

  /** Sent with every request: program and version, as dyndns2 servers demand of their clients. */
  public static final String USER_AGENT = "Homeport-Agent/0.1";

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration TOTAL_LIMIT = Duration.ofSeconds(15);

  private final Supplier<HttpClient> clients;
  private final Duration limit;

  /**
   * Requests of at most 15 seconds over clients made by {@code clients}.
   *
   * @param clients gives a new client at each call; it is shut down after one request. {@link
   *     #newClient} unless the network has to be shaped
   */
  public BoundedGet(Supplier<HttpClient> clients) {
    this(clients, TOTAL_LIMIT);
  }

  BoundedGet(Supplier<HttpClient> clients, Duration limit) {
    this.clients = clients;
    this.limit = limit;
  }

  /**
   * A client that follows no redirect (credentials must not travel to another host), connects
   * within 5 seconds, speaks HTTP/1.1 and works on virtual threads.
   */
  public static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_LIMIT)
        .executor(task -> Thread.ofVirtual().name("agent-http").start(task))
        .build();
  }

  /**
   * What came back.
   *
   * @param status the HTTP status
   * @param retryAfter the Retry-After field as sent (RFC 9110 section 10.2.3)
   * @param body at most {@link #BODY_BYTES_MAX} bytes, read as UTF-8
   */
  public record Answer(int status, Optional<String> retryAfter, String body) {}

  /**
   * Asks once; the caller's thread waits.
   *
   * @param headers beside the User-Agent; may hold credentials, which never enter an exception
   * @throws IOException when there is no complete answer in time or it is too large
   * @throws InterruptedException when the waiting thread was interrupted; the request is cancelled
   */
  public Answer get(URI address, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(limit).setHeader("User-Agent", USER_AGENT);
    headers.forEach(request::setHeader);
    HttpClient client = clients.get();
    try {
      HttpResponse<String> response =
          await(
              client.sendAsync(
                  request.build(),
                  BodyHandlers.limiting(
                      BodyHandlers.ofString(StandardCharsets.UTF_8), BODY_BYTES_MAX)));
      return new Answer(
          response.statusCode(), response.headers().firstValue("Retry-After"), response.body());
    } finally {
      client.shutdownNow();
    }
  }

  // The client's own limit ends with the answer's head; a body may drip in for ever after it.
  private <T> T await(CompletableFuture<T> response) throws IOException, InterruptedException {
    try {
      return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw new IOException("no complete answer within " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(describe(e.getCause() == null ? e : e.getCause()), e);
    } finally {
      response.cancel(true);
    }
  }

  // The JDK's exceptions of the network often carry no message, only their class.
  private static String describe(Throwable cause) {
    for (Throwable link = cause; link != null; link = link.getCause()) {
      if (link instanceof java.nio.channels.UnresolvedAddressException) {
        return "host name not found";
      }
      if (link.getMessage() != null) {
        return link.getMessage();
      }
    }
    return cause instanceof java.net.ConnectException
        ? "connection refused"
        : cause.getClass().getSimpleName();
  }
}
