package net.homeport.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;

/**
 * Adds zones over HTTP, as {@code zone add --file} does it, for tests that add many: the command
 * would take most of a second each time.
 */
public final class ZoneUpload implements AutoCloseable {
  private final HomeportProcess server;
  private final HttpClient http = HttpClient.newHttpClient();

  /** For this server. */
  public ZoneUpload(HomeportProcess server) {
    this.server = server;
  }

  /** Puts a zone file; returns the answer, whatever it is. */
  public HttpResponse<String> put(String zone, String text) {
    try {
      String token = Files.readString(server.data().resolve("administrator.token")).strip();
      var request =
          HttpRequest.newBuilder(URI.create(server.web() + "/api/v1/zones/" + zone))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "text/dns")
              .PUT(HttpRequest.BodyPublishers.ofString(text));
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether the zone was added. */
  public static boolean isAdded(HttpResponse<String> answer) {
    return answer.statusCode() / 100 == 2;
  }

  /** Adds a zone, which must succeed. */
  public void add(String zone, String text) {
    HttpResponse<String> answer = put(zone, text);
    if (!isAdded(answer)) {
      throw new AssertionError("zone %s: %s%n%s".formatted(zone, answer.body(), text));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
