package net.homeport.app.remote;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.function.LongConsumer;
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

  /** Puts something in its place; returns the JSON of what is there. */
  public String put(String resource, Object body) throws RemoteException {
    return send(
        request(resource)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json.toJson(body))));
  }

  /** Changes a part of something; returns the JSON of what is there. */
  public String patch(String resource, Object body) throws RemoteException {
    return send(
        request(resource)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json.toJson(body))));
  }

  /** Puts text in its place; returns the JSON of what is there. */
  public String putText(String resource, byte[] text) throws RemoteException {
    return send(
        request(resource)
            .header("Content-Type", "text/plain; charset=utf-8")
            .PUT(BodyPublishers.ofByteArray(text)));
  }

  /** Has something done that takes no more words; returns the JSON of the answer. */
  public String post(String resource) throws RemoteException {
    return send(request(resource).POST(BodyPublishers.noBody()));
  }

  /**
   * Sends a zone file's text (RFC 4027); returns the JSON of the answer.
   *
   * @param progress told how many octets were sent
   */
  public String putZoneText(String resource, byte[] text, LongConsumer progress)
      throws RemoteException {
    var counted = BodyPublishers.ofInputStream(() -> new CountedOctets(text, progress));
    var body =
        text.length == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(counted, text.length);
    return send(request(resource).header("Content-Type", "text/dns").PUT(body));
  }

  /** Octets that tell how many of them were read. */
  private static final class CountedOctets extends ByteArrayInputStream {
    private final LongConsumer progress;

    CountedOctets(byte[] octets, LongConsumer progress) {
      super(octets);
      this.progress = progress;
    }

    @Override
    public synchronized int read(byte[] to, int from, int length) {
      int read = super.read(to, from, length);
      progress.accept(pos);
      return read;
    }
  }

  /** Writes the text of a resource, all of it, to a stream, which is left open. */
  public void getText(String resource, OutputStream out) throws RemoteException {
    try {
      HttpResponse<InputStream> response =
          http.send(request(resource).GET().build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() >= CLIENT_ERROR) {
          String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
          throw new RemoteException(Kind.REFUSED, problem(response.statusCode(), text));
        }
        body.transferTo(out);
      }
      out.flush();
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException _) {
      throw interrupted();
    }
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
      throw unreachable(e);
    } catch (InterruptedException _) {
      throw interrupted();
    }
    if (response.statusCode() >= CLIENT_ERROR) {
      throw new RemoteException(Kind.REFUSED, problem(response.statusCode(), response.body()));
    }
    return response.body();
  }

  private RemoteException unreachable(IOException e) {
    return new RemoteException(
        Kind.UNREACHABLE,
        "the server at %s does not answer (%s); is it running?".formatted(server, reason(e)));
  }

  private static RemoteException interrupted() {
    Thread.currentThread().interrupt();
    return new RemoteException(Kind.UNREACHABLE, "interrupted");
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "connection refused";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private String problem(int status, String body) {
    try {
      Problem problem = json.type(Problem.class).fromJson(body);
      return problem.detail();
    } catch (RuntimeException _) {
      return "the server at %s answered with status %d, which is not Homeport's way; is it one?"
          .formatted(server, status);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
