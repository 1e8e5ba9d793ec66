package net.homeport.app.command;

import io.avaje.jsonb.Jsonb;
import java.net.URI;
import java.nio.file.Path;
import net.homeport.app.config.ServeSettings;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of every command that talks to a running server. */
final class ServerOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data folder of the server on this machine (default: ./homeport-data): tells where it is and holds the administrator's token.")
  private Path data = ServeSettings.DEFAULT_DATA;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server's URL, instead of finding it through --data.")
  private @Nullable URI server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with a token, the administrator's or a person's, instead of the one in --data.")
  private @Nullable Path tokenFile;

  @Option(names = "--json", description = "Print JSON for programs.")
  private boolean json;

  ServerConnection connect() throws RemoteException {
    return ServerConnection.open(data, server, tokenFile);
  }

  /** Whether the server is given by its URL. */
  boolean namesServer() {
    return server != null;
  }

  Path data() {
    return data;
  }

  /** What a suggested next command must repeat to find the same server. */
  String dataFlag() {
    return data.equals(ServeSettings.DEFAULT_DATA) ? "" : " --data " + data;
  }

  boolean json() {
    return json;
  }

  static String write(Object value) {
    return Jsonb.instance().toJson(value);
  }

  static <T> T read(String text, Class<T> type) {
    return Jsonb.instance().type(type).fromJson(text);
  }
}
