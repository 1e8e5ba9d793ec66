package net.homeport.app.command;

import java.io.PrintWriter;
import java.net.URI;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.CredentialModel.EnrolmentView;
import net.homeport.web.api.CredentialModel.EnrolmentWish;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code homeport credential enrol}. */
@Command(
    name = "enrol",
    description = {
      "Prints a one-time code, with which a device gets a secret or key of its own for a host.",
      "Nobody has to carry a secret to it: it is made when the device turns the code in."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport credential enrol cam.dyn.example.org",
      "  ./homeport credential enrol cam.dyn.example.org --valid 7d --label router",
      "  ./homeport credential enrol cam.dyn.example.org --key tsig",
    })
final class CredentialEnrolCommand extends CredentialCommand.Asking {
  @Parameters(paramLabel = "HOST", description = "The host that the device will change.")
  private String host = "";

  @Option(
      names = "--valid",
      paramLabel = "SPAN",
      description = "How long the code works: 1h, 7d (default: 1h).")
  private String valid = "1h";

  @Option(
      names = "--key",
      paramLabel = "KIND",
      description =
          "Give a key for DNS updates in place of a token: tsig, or sig0, of which the device sends its public half.")
  private @Nullable String key;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "How the device is called (default: device).")
  private @Nullable String label;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server's URL as the device sees it (default: as this command does).")
  private @Nullable URI url;

  @Option(names = "--no-qr", description = "Print no QR code.")
  private boolean noQr;

  private URI base = URI.create("");

  @Override
  String ask(ServerConnection server) throws RemoteException, ConfigurationException {
    base = url == null ? server.server() : url;
    return server.post(
        "enrolments",
        new EnrolmentWish(host, key, label, DurationText.parse("--valid", valid).toSeconds()));
  }

  @Override
  void print(PrintWriter out, String answer) {
    EnrolmentView offered = ServerOptions.read(answer, EnrolmentView.class);
    URI door = base.resolve(offered.path());
    out.printf("A device of %s gets %s for this code, once:%n%n", offered.host(), what(offered));
    out.printf("  code       %s   (shown this once)%n", offered.code());
    out.printf("  valid to   %s%n", offered.expiresAt());
    out.printf("  id         %s   ('homeport credential revoke-code' ends it)%n%n", offered.id());
    out.println("On the device:");
    out.printf("  curl -d code=%s%s %s%n", offered.code(), publicHalf(offered), door);
    if (!noQr) {
      // Behind the number sign it is for the person who scans it, and in no server's or proxy's
      // log.
      out.printf("%n%s", TerminalQr.of(door + "#code=" + offered.code()));
    }
    if (!"https".equals(door.getScheme())) {
      out.printf(
          "%nWhat it gets travels in clear: give the server's https:// URL with --url, if it has one.%n");
    }
  }

  private static String what(EnrolmentView offered) {
    return switch (offered.kind()) {
      case "tsig" -> "a TSIG key";
      case "sig0" -> "its SIG(0) key taken";
      default -> "a user name and a secret";
    };
  }

  /** The device's own key: what stands behind KEY in the file that dnssec-keygen made. */
  private static String publicHalf(EnrolmentView offered) {
    return offered.kind().equals("sig0")
        ? " --data-urlencode \"key=$(sed 's/.*KEY[[:space:]]*//' K" + offered.host() + ".*.key)\""
        : "";
  }
}
