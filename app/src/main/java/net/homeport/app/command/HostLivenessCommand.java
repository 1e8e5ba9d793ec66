package net.homeport.app.command;

import java.io.PrintWriter;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.LivenessModel.LivenessSaid;
import net.homeport.web.api.LivenessModel.LivenessView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code homeport host liveness}. */
@Command(
    name = "liveness",
    description = {
      "Shows when a host was last heard, and says what its silence does.",
      "Without flags it only shows."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport host liveness branch1.dyn.example.org",
      "  ./homeport host liveness branch1.dyn.example.org --interval 5m --on-silent withdraw",
      "  ./homeport host liveness branch1.dyn.example.org --on-dead park=192.0.2.1",
    })
final class HostLivenessCommand extends RemoteCommand {
  @Parameters(paramLabel = "HOST", description = "The host's full name.")
  private String host = "";

  @Mixin private LivenessFlags flags = new LivenessFlags();

  @Override
  String ask(ServerConnection server) throws RemoteException {
    LivenessSaid said = flags.said(spec.commandLine());
    String path = "hosts/" + ServerConnection.segment(host) + "/liveness";
    return said == null ? server.get(path) : server.put(path, said);
  }

  @Override
  void print(PrintWriter out, String answer) {
    LivenessView view = ServerOptions.read(answer, LivenessView.class);
    out.println(view.host());
    out.printf("  state       %s%n", view.state());
    String lastSeen = view.lastSeen();
    out.printf("  last heard  %s%n", lastSeen == null ? "never" : lastSeen);
    out.printf(
        "  interval    %s (%s; %s)%n",
        LivenessCommand.span(view.intervalSeconds()), view.intervalFrom(), view.client());
    if (view.follows() != null) {
      out.printf("  follows     %s%n", view.follows());
    }
    out.printf("  on late     %s%n", view.onLate());
    out.printf("  on silent   %s%n", view.onSilent());
    out.printf("  on dead     %s%n", view.onDead());
  }
}
