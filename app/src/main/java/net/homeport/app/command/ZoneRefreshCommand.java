package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.SecondaryView;
import net.homeport.web.api.ApiModel.ZoneView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport zone refresh}. */
@Command(
    name = "refresh",
    description = "Asks the primaries of a copied zone at once whether it has changed.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./homeport zone refresh example.com")
final class ZoneRefreshCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ZONE", description = "The zone's name.")
  private String zone = "";

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException {
    return ask(zone, "refresh", options, spec.commandLine().getOut());
  }

  private static Integer ask(String zone, String what, ServerOptions options, PrintWriter out)
      throws RemoteException {
    try (var server = options.connect()) {
      String answer = server.post("zones/" + ServerConnection.segment(zone) + "/" + what);
      ZoneView view = ServerOptions.read(answer, ZoneView.class);
      if (options.json()) {
        out.print(answer);
      } else {
        ZoneLines.printSecondary(out, view);
      }
      out.flush();
      SecondaryView copy = view.secondary();
      return copy != null && copy.lastError() != null ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  /** {@code homeport zone retransfer}. */
  @Command(
      name = "retransfer",
      description =
          "Takes a copied zone from its primary anew, all of it (AXFR), whatever its serial.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport zone retransfer example.com")
  static final class Retransfer implements Callable<Integer> {
    @Parameters(paramLabel = "ZONE", description = "The zone's name.")
    private String zone = "";

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException {
      return ask(zone, "retransfer", options, spec.commandLine().getOut());
    }
  }
}
