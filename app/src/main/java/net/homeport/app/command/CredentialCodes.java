package net.homeport.app.command;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.CredentialModel.PendingCode;
import net.homeport.web.api.CredentialModel.PendingCodes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The one-time codes that {@code homeport credential enrol} made and no device used yet. */
final class CredentialCodes {
  private CredentialCodes() {}

  /** {@code homeport credential codes}. */
  @Command(
      name = "codes",
      description = "Lists the one-time codes that wait to be used; never the codes themselves.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport credential codes",
        "  ./homeport credential codes cam.dyn.example.org --json",
      })
  static final class ListPending extends CredentialCommand.Asking {
    @Parameters(arity = "0..1", paramLabel = "HOST", description = "Only those for this host.")
    private @Nullable String host;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get(
          host == null
              ? "enrolments"
              : "enrolments?host=" + URLEncoder.encode(host, StandardCharsets.UTF_8));
    }

    @Override
    void print(PrintWriter out, String answer) {
      List<PendingCode> all = ServerOptions.read(answer, PendingCodes.class).enrolments();
      if (all.isEmpty()) {
        out.println("No codes wait; './homeport credential enrol HOST' makes one.");
        return;
      }
      var table = new TextTable("ID", "HOST", "KIND", "DEVICE", "OFFERED BY", "VALID TO");
      for (PendingCode code : all) {
        String by = code.offeredBy();
        table.row(
            code.id(),
            code.host(),
            code.kind(),
            code.label(),
            by.isEmpty() ? "not known" : by,
            code.expiresAt());
      }
      table.print(out);
    }
  }

  /** {@code homeport credential revoke-code}. */
  @Command(
      name = "revoke-code",
      description = "Makes that a one-time code is worth nothing any more.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport credential revoke-code 3f9ac21b     (as 'credential codes' calls it)")
  static final class Revoke extends CredentialCommand.Asking {
    @Parameters(paramLabel = "ID", description = "What 'credential codes' calls it, not the code.")
    private String id = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete("enrolments/" + ServerConnection.segment(id));
    }

    @Override
    void print(PrintWriter out, String answer) {
      PendingCode code = ServerOptions.read(answer, PendingCode.class);
      out.printf("The code %s for %s is worth nothing any more.%n", code.id(), code.host());
    }
  }
}
