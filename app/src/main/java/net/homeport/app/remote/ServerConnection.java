package net.homeport.app.remote;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import net.homeport.app.assembly.RunningNote;
import net.homeport.app.remote.RemoteException.Kind;
import net.homeport.store.folder.DataFolder;
import net.homeport.web.api.ApiHandler;
import net.homeport.web.api.ApiModel.Problem;
import org.jspecify.annotations.Nullable;

/** A connection to the API of a running server, as its administrator. */
public final class ServerConnection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(10);
  private static final int CLIENT_ERROR = 400;

  private final URI server;
  private final String token;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final Jsonb json = Jsonb.instance();

  private ServerConnection(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /**
   * Finds the server by its data folder, or by what was given.
   *
   * @param data the data folder of a server on this machine
   * @param server the server's URL, or null to find it through {@code data}
   * @param tokenFile a file with the administrator's token, or null to find it through {@code data}
   */
  public static ServerConnection open(Path data, @Nullable URI server, @Nullable Path tokenFile)
      throws RemoteException {
    URI found = server == null ? running(data) : server;
    return new ServerConnection(found, tokenFile == null ? token(data) : tokenIn(tokenFile));
  }

  private static URI running(Path data) throws RemoteException {
    Optional<RunningNote> note = note(data);
    if (note.isEmpty() || note.get().web().isEmpty()) {
      throw new RemoteException(
          Kind.UNREACHABLE,
          "no server runs on the data folder %s; start one with './homeport serve', or say where it is with --data DIR or --server URL"
              .formatted(data.toAbsolutePath().normalize()));
    }
    return URI.create(note.get().web().getFirst());
  }

  /** The note of the server that runs on this folder, if one does. */
  public static Optional<RunningNote> note(Path data) {
    try {
      return DataFolder.readNote(data).map(RunningNote::parse);
    } catch (JsonException | IllegalStateException _) {
      return Optional.empty();
    }
  }

  private static String token(Path data) throws RemoteException {
    try {
      Optional<String> token = DataFolder.readToken(data);
      if (token.isPresent()) {
        return token.get();
      }
    } catch (IOException e) {
      throw new RemoteException(
          Kind.REFUSED,
          "cannot read the administrator's token in %s (%s); run this as the user of the server, or give it with --token-file FILE"
              .formatted(data, e.getMessage()));
    }
    throw new RemoteException(
        Kind.REFUSED,
        "there is no administrator's token in %s; give it with --token-file FILE".formatted(data));
  }

  private static String tokenIn(Path file) throws RemoteException {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new RemoteException(
          Kind.REFUSED, "cannot read the token file %s: %s".formatted(file, e.getMessage()));
    }
  }

  /** Where the server is. */
  public URI server() {
    return server;
  }

  /** The JSON of a resource. */
  public String get(String resource) throws RemoteException {
    return send(request(resource).GET());
  }

  /** Creates something; returns the JSON of what was created. */
  public String post(String resource, Object body) throws RemoteException {
    return send(
        request(resource)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.toJson(body))));
  }

  /** Creates a zone of a zone file's text (RFC 4027); returns the JSON of what was created. */
  public String putZoneText(String resource, String text) throws RemoteException {
    return send(
        request(resource).header("Content-Type", "text/dns").PUT(BodyPublishers.ofString(text)));
  }

  /** Deletes something; returns the JSON of the answer. */
  public String delete(String resource) throws RemoteException {
    return send(request(resource).DELETE());
  }

  /** One segment of a resource's path, such as a name. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String resource) {
    return HttpRequest.newBuilder(server.resolve(ApiHandler.PREFIX + resource))
        .timeout(ANSWER)
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json");
  }

  private String send(HttpRequest.Builder request) throws RemoteException {
    HttpResponse<String> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RemoteException(
          Kind.UNREACHABLE,
          "the server at %s does not answer (%s); is it running?".formatted(server, reason(e)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new RemoteException(Kind.UNREACHABLE, "interrupted");
    }
    if (response.statusCode() >= CLIENT_ERROR) {
      throw new RemoteException(Kind.REFUSED, problem(response));
    }
    return response.body();
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "connection refused";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private String problem(HttpResponse<String> response) {
    try {
      Problem problem = json.type(Problem.class).fromJson(response.body());
      return problem.detail();
    } catch (RuntimeException _) {
      return "the server at %s answered with status %d, which is not Homeport's way; is it one?"
          .formatted(server, response.statusCode());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
