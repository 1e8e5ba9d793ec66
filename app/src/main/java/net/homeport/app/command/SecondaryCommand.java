package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.StatusView;
import net.homeport.web.api.SecondaryModel.NewSecondary;
import net.homeport.web.api.SecondaryModel.SecondaryList;
import net.homeport.web.api.SecondaryModel.SecondaryView;
import net.homeport.web.api.SecondaryModel.SecondaryZone;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport secondary}. */
@Command(
    name = "secondary",
    description =
        "Adds, lists and removes secondaries: other name servers that may have zones of this one, and are told of changes.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      SecondaryCommand.Add.class,
      SecondaryCommand.ListAll.class,
      SecondaryCommand.Config.class,
      SecondaryCommand.Remove.class
    },
    footerHeading = "%nExample:%n",
    footer = "  ./homeport secondary add ns2 --address 192.0.2.2 --key xfr.example.org --all-zones")
final class SecondaryCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with secondaries: add, list, config or remove");
  }

  private static String resource(String name) {
    return "secondaries/" + ServerConnection.segment(name);
  }

  private static SecondaryRecipe recipe(
      ServerOptions options, ServerConnection connection, SecondaryView secondary)
      throws RemoteException {
    String dns =
        ServerConnection.note(options.data())
            .flatMap(note -> note.dns().stream().findFirst())
            .orElse("");
    return new SecondaryRecipe(
        secondary,
        dns,
        secondary.tlsOnly()
            ? ServerOptions.read(connection.get("status"), StatusView.class)
            : null);
  }

  /** Which zones a secondary may have. */
  static final class Zones {
    @Option(
        names = "--zone",
        required = true,
        paramLabel = "ZONE",
        description = "A zone that it may have; may be repeated.")
    private List<String> zones = List.of();

    @Option(names = "--all-zones", required = true, description = "It may have all zones.")
    private boolean all;
  }

  /** {@code homeport secondary add}. */
  @Command(
      name = "add",
      description = {
        "Adds a secondary and prints what to paste into its configuration.",
        "Without --key it is known by its address alone, which is enough within a network of your own only."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport key add xfr.example.org",
        "  ./homeport secondary add ns2 --address 192.0.2.2 --key xfr.example.org --all-zones",
        "  ./homeport secondary add ns3 --address [2001:db8::3]:53 --key xfr.example.org --zone dyn.example.org --tls-only --for bind",
      })
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What to call it.")
    private String name = "";

    @Option(
        names = "--address",
        required = true,
        paramLabel = "ADDRESS[:PORT]",
        description = "Where it is told of changes; port 53 unless given.")
    private String address = "";

    @Option(
        names = "--key",
        paramLabel = "KEY",
        description = "The TSIG key that it proves itself with; 'homeport key add' makes one.")
    private @Nullable String key;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Zones zones = new Zones();

    @Option(names = "--tls-only", description = "Zones go to it within TLS only (RFC 9103).")
    private boolean tlsOnly;

    @Option(names = "--no-notify", description = "Do not tell it of changes.")
    private boolean silent;

    @Option(
        names = "--transfer-from",
        paramLabel = "NETWORK",
        description =
            "It must come from this network, such as 192.0.2.0/24; may be repeated (default: from anywhere with a key, else from --address).")
    private @Nullable List<String> transferFrom;

    @Option(
        names = "--for",
        paramLabel = "SERVER",
        description = "Whose configuration to print: ${COMPLETION-CANDIDATES}; all by default.")
    private SecondaryRecipe.@Nullable Server server;

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException {
      try (var connection = options.connect()) {
        String answer =
            connection.post(
                "secondaries",
                new NewSecondary(
                    name,
                    address,
                    key,
                    zones.all ? null : zones.zones,
                    tlsOnly,
                    !silent,
                    transferFrom));
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
          out.print(answer);
        } else {
          SecondaryView added = ServerOptions.read(answer, SecondaryView.class);
          out.printf("Secondary %s added. What to paste there:%n", added.name());
          recipe(options, connection, added).print(out, server);
        }
        out.flush();
        return ExitCode.DONE;
      }
    }
  }

  /** {@code homeport secondary config}. */
  @Command(
      name = "config",
      description = "Prints what to paste into a secondary's configuration.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport secondary config ns2 --for knot")
  static final class Config implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The secondary.")
    private String name = "";

    @Option(
        names = "--for",
        paramLabel = "SERVER",
        description = "Whose configuration to print: ${COMPLETION-CANDIDATES}; all by default.")
    private SecondaryRecipe.@Nullable Server server;

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException {
      try (var connection = options.connect()) {
        String answer = connection.get(resource(name));
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
          out.print(answer);
        } else {
          recipe(options, connection, ServerOptions.read(answer, SecondaryView.class))
              .print(out, server);
        }
        out.flush();
        return ExitCode.DONE;
      }
    }
  }

  /** {@code homeport secondary list}. */
  @Command(
      name = "list",
      description =
          "Lists the secondaries with what each knows of each zone: the serial it has heard of, and the last it took.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport secondary list --json")
  static final class ListAll extends RemoteCommand {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("secondaries");
    }

    @Override
    void print(PrintWriter out, String answer) {
      print(out, ServerOptions.read(answer, SecondaryList.class).secondaries());
    }

    private static void print(PrintWriter out, List<SecondaryView> secondaries) {
      if (secondaries.isEmpty()) {
        out.println(
            "No secondaries yet; add one with './homeport secondary add NAME --address ADDRESS --key KEY --all-zones'.");
        return;
      }
      var table =
          new TextTable(
              "SECONDARY", "ADDRESS", "ZONE", "SERIAL", "TOLD", "NOTIFY", "TOOK", "BY", "AT");
      for (SecondaryView secondary : secondaries) {
        if (secondary.status().isEmpty()) {
          table.row(secondary.name(), secondary.address(), "-", "-", "-", "-", "-", "-", "-");
        }
        for (SecondaryZone zone : secondary.status()) {
          table.row(
              secondary.name(),
              secondary.address(),
              zone.zone(),
              String.valueOf(zone.serial()),
              orDash(zone.acknowledged()),
              zone.notifyResult(),
              orDash(zone.transferred()),
              orDash(zone.transfer()),
              orDash(zone.transferredAt()));
        }
      }
      table.print(out);
    }

    private static String orDash(@Nullable Object value) {
      return value == null ? "-" : value.toString();
    }
  }

  /** {@code homeport secondary remove}. */
  @Command(
      name = "remove",
      description = "Removes a secondary: it gets no zone any more, and is told of nothing.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport secondary remove ns2")
  static final class Remove extends RemoteCommand {
    @Parameters(paramLabel = "NAME", description = "The secondary.")
    private String name = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete(resource(name));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Secondary %s removed.%n", name);
    }
  }
}
