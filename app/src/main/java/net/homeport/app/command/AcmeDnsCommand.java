package net.homeport.app.command;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.AcmeDnsModel.RegistrationList;
import net.homeport.web.api.AcmeDnsModel.RegistrationView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport acme-dns}. */
@Command(
    name = "acme-dns",
    description =
        "Lists the clients that registered at the acme-dns door to answer ACME challenges of hosts, and ends registrations.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {AcmeDnsCommand.ListAll.class, AcmeDnsCommand.Revoke.class},
    footerHeading = "%nExample:%n",
    footer = "  ./homeport acme-dns list cam.dyn.example.org")
final class AcmeDnsCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with acme-dns registrations: list or revoke");
  }

  /** {@code homeport acme-dns list}. */
  @Command(
      name = "list",
      description = "Lists registrations; never their secrets.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport acme-dns list",
        "  ./homeport acme-dns list cam.dyn.example.org --json     (those of one host)",
      })
  static final class ListAll extends RemoteCommand {
    @Parameters(arity = "0..1", paramLabel = "HOST", description = "Only those of this host.")
    private @Nullable String host;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get(
          host == null
              ? "acme-dns"
              : "acme-dns?host=" + URLEncoder.encode(host, StandardCharsets.UTF_8));
    }

    @Override
    void print(PrintWriter out, String answer) {
      List<RegistrationView> all =
          ServerOptions.read(answer, RegistrationList.class).registrations();
      if (all.isEmpty()) {
        out.println("No acme-dns client is registered.");
        return;
      }
      var table = new TextTable("REGISTRATION", "HOST", "MADE BY", "MADE AT", "FROM", "STATE");
      for (RegistrationView one : all) {
        String from = String.join(", ", one.allowedFrom());
        table.row(
            one.id(),
            one.host(),
            Objects.requireNonNullElse(one.credential(), "(unknown)"),
            one.createdAt(),
            from.isEmpty() ? "anywhere" : from,
            Objects.requireNonNullElse(one.objection(), "valid"));
      }
      table.print(out);
    }
  }

  /** {@code homeport acme-dns revoke}. */
  @Command(
      name = "revoke",
      description = "Ends a registration: its client may answer no challenge any more.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport acme-dns revoke 4bd1a7c3-7f0e-4a52-9f5b-2f1c5f6f9a10")
  static final class Revoke extends RemoteCommand {
    @Parameters(paramLabel = "REGISTRATION", description = "As 'homeport acme-dns list' shows it.")
    private String id = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete("acme-dns/" + ServerConnection.segment(id));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Registration %s ended.%n", id);
    }
  }
}
