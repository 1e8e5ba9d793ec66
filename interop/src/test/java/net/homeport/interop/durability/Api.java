package net.homeport.interop.durability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;

/** Zones, hosts and updates of one server, over HTTP; with the token that lies in its folder. */
final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HomeportProcess server;

  Api(HomeportProcess server) {
    this.server = server;
  }

  void addZone(String zone) throws ServerGoneException {
    expect(201, "POST", "/api/v1/zones", "{\"name\":\"" + zone + "\"}");
  }

  /** Hosts change as often as a test likes. */
  void unlimitChanges() throws ServerGoneException {
    String setting = "{\"setting\":\"change-budget\",\"value\":\"unlimited\"}";
    expect(200, "POST", "/api/v1/policies", setting);
  }

  void removeZone(String zone) throws ServerGoneException {
    expect(200, "DELETE", "/api/v1/zones/" + zone, "");
  }

  /** The zone as text; empty if there is none. */
  String zoneText(String zone) throws ServerGoneException {
    var answer = administer("GET", "/api/v1/zones/" + zone + "/text", "");
    return answer.statusCode() == 200 ? answer.body() : "";
  }

  /** Adds a host; returns the password of its device. */
  String addHost(String host) throws ServerGoneException {
    String body = expect(201, "POST", "/api/v1/hosts", "{\"name\":\"" + host + "\"}");
    return String.valueOf(Json.object(body).get("password"));
  }

  boolean knowsHost(String host) throws ServerGoneException {
    return administer("GET", "/api/v1/hosts/" + host, "").statusCode() == 200;
  }

  private String expect(int status, String method, String path, String body)
      throws ServerGoneException {
    var answer = administer(method, path, body);
    if (answer.statusCode() != status) {
      throw new AssertionError("%s %s: %s".formatted(method, path, answer.body()));
    }
    return answer.body();
  }

  private HttpResponse<String> administer(String method, String path, String body)
      throws ServerGoneException {
    try {
      String token = Files.readString(server.data().resolve("administrator.token")).strip();
      return send(
          HttpRequest.newBuilder(URI.create(server.web() + path))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body)));
    } catch (IOException e) {
      throw new AssertionError("the administrator's token is gone", e);
    }
  }

  /** Sends an update of both families whose addresses carry the number; true if acknowledged. */
  boolean update(String host, String password, int number) throws ServerGoneException {
    String ipv4 = "10.%d.%d.%d".formatted(number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF);
    String ipv6 = "fd00::%x:%x".formatted(number >> 16 & 0xFF, number & 0xFFFF);
    byte[] login = (host + ":" + password).getBytes(StandardCharsets.UTF_8);
    String url = "/nic/update?hostname=%s&myip=%s,%s".formatted(host, ipv4, ipv6);
    var answer =
        send(
            HttpRequest.newBuilder(URI.create(server.web() + url))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
                .GET());
    return answer.body().startsWith("good ");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws ServerGoneException {
    try {
      return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ServerGoneException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
