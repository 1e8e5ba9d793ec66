package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.LivenessModel.PortsSaid;
import net.homeport.web.api.LivenessModel.PortsView;
import net.homeport.web.api.LivenessModel.ProbeView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code homeport host ports} and {@code homeport host probe}. */
final class HostPortCommands {
  private HostPortCommands() {}

  private static void printView(PrintWriter out, String answer) {
    PortsView view = ServerOptions.read(answer, PortsView.class);
    out.println(view.host());
    out.printf(
        "  ports  %s%n",
        view.ports().isEmpty()
            ? "none"
            : String.join(" ", view.ports().stream().map(String::valueOf).toList()));
    if (!view.results().isEmpty()) {
      out.println();
      var table = new TextTable("PORT", "ADDRESS", "ANSWER", "WHY", "TRIED AT");
      for (ProbeView one : view.results()) {
        table.row(String.valueOf(one.port()), one.address(), one.answer(), one.outcome(), one.at());
      }
      table.print(out);
    }
  }

  /** {@code homeport host ports}. */
  @Command(
      name = "ports",
      description = {
        "Shows or says at which TCP ports a host wants to be reached, and how they answered last.",
        "They are tried when its address changes, and by 'host probe'."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport host ports branch1.dyn.example.org 443 22",
        "  ./homeport host ports branch1.dyn.example.org --none",
      })
  static final class Ports extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "PORT",
        description = "All ports that are to be tried, 8 at most; without any, they are shown.")
    private List<Integer> ports = List.of();

    @Option(names = "--none", description = "No ports any more.")
    private boolean none;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      String path = "hosts/" + ServerConnection.segment(host) + "/ports";
      return none || !ports.isEmpty()
          ? server.put(path, new PortsSaid(none ? List.of() : ports))
          : server.get(path);
    }

    @Override
    void print(PrintWriter out, String answer) {
      printView(out, answer);
    }
  }

  /** {@code homeport host probe}. */
  @Command(
      name = "probe",
      description =
          "Has the server connect to the ports of a host now, at the addresses that DNS has of it.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport host probe branch1.dyn.example.org")
  static final class Probe extends RemoteCommand {
    @Parameters(paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Option(
        names = "--private",
        description = "At addresses that are not public, too; for the server's administrator.")
    private boolean everywhere;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post(
          "hosts/" + ServerConnection.segment(host) + "/probe" + (everywhere ? "?private" : ""));
    }

    @Override
    void print(PrintWriter out, String answer) {
      printView(out, answer);
    }
  }
}
