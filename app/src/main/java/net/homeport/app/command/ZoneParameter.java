package net.homeport.app.command;

import net.homeport.app.remote.ServerConnection;
import picocli.CommandLine.Parameters;

/** A zone that is said, or all of them. */
final class ZoneParameter {
  @Parameters(
      paramLabel = "ZONE",
      arity = "0..1",
      description = "The zone; all zones if there is none.")
  private String zone = "all";

  /** For a path of the API. */
  String segment() {
    return ServerConnection.segment(zone);
  }
}
