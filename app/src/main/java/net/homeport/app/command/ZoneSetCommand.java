package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.Locale;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.ZoneSettings;
import net.homeport.web.api.ApiModel.ZoneView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code homeport zone set}. */
@Command(
    name = "set",
    description = "Sets how the serial of a zone goes on with each change.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./homeport zone set dyn.example.org --serial unixtime")
final class ZoneSetCommand extends RemoteCommand {
  /** How a serial goes on. */
  enum SerialKind {
    /** The next number. */
    INCREMENT,
    /** The seconds since 1970. */
    UNIXTIME
  }

  @Parameters(paramLabel = "ZONE", description = "The zone.")
  private String zone = "";

  @Option(
      names = "--serial",
      required = true,
      paramLabel = "POLICY",
      description =
          "increment: the next number; unixtime: the seconds since 1970, or the next number where that is not greater.")
  private SerialKind serial = SerialKind.INCREMENT;

  @Override
  String ask(ServerConnection server) throws RemoteException {
    return server.put(
        "zones/" + ServerConnection.segment(zone) + "/settings",
        new ZoneSettings(serial.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  void print(PrintWriter out, String answer) {
    ZoneView view = ServerOptions.read(answer, ZoneView.class);
    out.printf(
        "Zone %s: the serial is %d; from now on: %s.%n",
        view.name(), view.serial(), view.serialPolicy());
  }
}
