package net.homeport.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.app.zonefile.ZoneFile;
import net.homeport.zone.text.ZoneTextException;

/**
 * A zone file on its way to a server: read and checked here first, so that errors name the file.
 */
final class ZoneUpload {
  private final byte[] octets;
  private final PrintWriter err;

  private ZoneUpload(byte[] octets, PrintWriter err) {
    this.octets = octets;
    this.err = err;
  }

  static ZoneUpload read(String flag, String zone, Path path, PrintWriter err)
      throws ConfigurationException, ZoneTextException {
    ZoneFile file = ZoneFile.open(flag, path);
    try (var progress = new ProgressLine(err, "reading", file.size())) {
      return new ZoneUpload(file.checked(ZoneFile.name("ZONE", zone), progress), err);
    }
  }

  /** Sends it; returns the JSON of the answer. */
  String put(ServerConnection server, String resource) throws RemoteException {
    try (var progress = new ProgressLine(err, "sending", octets.length)) {
      return server.putZoneText(resource, octets, progress);
    }
  }
}
