package net.homeport.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.StringJoiner;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.app.zonefile.ZoneFile;
import net.homeport.zone.text.ZoneTextException;

/**
 * A zone file on its way to a server: read and checked here first, so that errors name the file.
 */
final class ZoneUpload {
  private final Path path;
  private final byte[] octets;
  private final PrintWriter err;

  private ZoneUpload(Path path, byte[] octets, PrintWriter err) {
    this.path = path;
    this.octets = octets;
    this.err = err;
  }

  static ZoneUpload read(String flag, String zone, Path path, PrintWriter err)
      throws ConfigurationException, ZoneTextException {
    ZoneFile file = ZoneFile.open(flag, path);
    try (var progress = new ProgressLine(err, "reading", file.size())) {
      return new ZoneUpload(path, file.checked(ZoneFile.name("ZONE", zone), progress), err);
    }
  }

  /**
   * Sends it, with the name of the file for the history; returns the JSON of the answer.
   *
   * @param parameters of the query, each {@code NAME=VALUE}
   */
  String put(ServerConnection server, String resource, String... parameters)
      throws RemoteException {
    var query = new StringJoiner("&", "?", "");
    query.add("file=" + ServerConnection.segment(String.valueOf(path.getFileName())));
    for (String parameter : parameters) {
      query.add(parameter);
    }
    try (var progress = new ProgressLine(err, "sending", octets.length)) {
      return server.putZoneText(resource + query, octets, progress);
    }
  }
}
