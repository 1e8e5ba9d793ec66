package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.ZoneSettings;
import net.homeport.web.api.ApiModel.ZoneView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport zone set}. */
@Command(
    name = "set",
    description = "Sets how the serial of a zone goes on with each change.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./homeport zone set dyn.example.org --serial unixtime")
final class ZoneSetCommand implements Callable<Integer> {
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

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException {
    try (var connection = options.connect()) {
      String answer =
          connection.put(
              "zones/" + ServerConnection.segment(zone) + "/settings",
              new ZoneSettings(serial.name().toLowerCase(Locale.ROOT)));
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.print(answer);
      } else {
        ZoneView view = ServerOptions.read(answer, ZoneView.class);
        out.printf(
            "Zone %s: the serial is %d; from now on: %s.%n",
            view.name(), view.serial(), view.serialPolicy());
      }
      out.flush();
      return ExitCode.DONE;
    }
  }
}
