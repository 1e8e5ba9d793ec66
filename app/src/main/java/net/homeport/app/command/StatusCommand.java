package net.homeport.app.command;

import java.io.PrintWriter;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.CertificateView;
import net.homeport.web.api.ApiModel.StatusView;
import picocli.CommandLine.Command;

/** {@code homeport status}. */
@Command(
    name = "status",
    description = "Tells what the running server serves, and where.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./homeport status --json")
final class StatusCommand extends RemoteCommand {
  @Override
  String ask(ServerConnection server) throws RemoteException {
    return server.get("status");
  }

  @Override
  void print(PrintWriter out, String answer) {
    StatusView status = ServerOptions.read(answer, StatusView.class);
    out.printf(
        "Homeport %s: %d zones, %d hosts%n", status.version(), status.zones(), status.hosts());
    out.printf("  DNS  %s  (UDP and TCP)%n", String.join("  ", status.dns()));
    if (!status.dot().isEmpty()) {
      out.printf("  DoT  %s%n", String.join("  ", status.dot()));
    }
    if (!status.stun().isEmpty()) {
      out.printf("  STUN %s  (UDP)%n", String.join("  ", status.stun()));
    }
    out.printf("  web  %s%n", String.join("  ", status.web()));
    CertificateView certificate = status.certificate();
    if (certificate != null) {
      out.printf("  TLS  %s%n", CertificateWords.of(certificate));
    }
  }
}
