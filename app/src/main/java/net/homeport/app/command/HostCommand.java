package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.HostAdded;
import net.homeport.web.api.ApiModel.HostLabels;
import net.homeport.web.api.ApiModel.HostList;
import net.homeport.web.api.ApiModel.HostView;
import net.homeport.web.api.ApiModel.NewHost;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport host}. */
@Command(
    name = "host",
    description = "Adds, lists, shows and removes hosts: names whose address a device may change.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      HostCommand.Add.class,
      HostImportCommand.class,
      HostCommand.ListAll.class,
      HostCommand.Show.class,
      HostCommand.Label.class,
      HostExchangesCommand.class,
      HostLivenessCommand.class,
      HostPortCommands.Ports.class,
      HostPortCommands.Probe.class,
      HostCommand.Remove.class,
      HostStandingCommands.Approve.class,
      HostStandingCommands.Block.class,
      HostStandingCommands.Unblock.class,
      HostStandingCommands.Standings.class,
      HostStandingCommands.Freed.class
    },
    footerHeading = "%nExample:%n",
    footer = "  ./homeport host add branch1.dyn.example.org")
final class HostCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do with hosts: add, import, list, show, label, exchanges, liveness, ports, probe, remove, approve, block, unblock, standings or quarantine");
  }

  /** {@code homeport host add}. */
  @Command(
      name = "add",
      description = {
        "Adds a host and prints its credential, once, with the configuration of its device.",
        "The name must lie in a zone of the server."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport host add branch1.dyn.example.org",
        "  ./homeport host add branch1.dyn.example.org --json",
        "  ./homeport host add cam.dyn.example.org --username branch1.dyn.example.org",
      })
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Option(
        names = "--ttl",
        paramLabel = "SECONDS",
        description = "How long resolvers may keep its address (default: 60).")
    private @Nullable Integer ttl;

    @Option(
        names = "--username",
        paramLabel = "NAME",
        description =
            "Let an existing credential change this host too, instead of making a new one.")
    private @Nullable String username;

    @Option(
        names = "--account",
        paramLabel = "ACCOUNT",
        description = "Whose host it is (default: the house, or the account of the token).")
    private @Nullable String account;

    @Option(
        names = "--force",
        description =
            "Add it although the name is reserved or looks like a brand, or there are too many hosts.")
    private boolean force;

    @Option(
        names = "--reclaim",
        description = "Add it although the name was a removed host's and is kept back.")
    private boolean reclaim;

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException {
      try (var server = options.connect()) {
        String answer =
            server.post(
                "hosts?force=%b&reclaim=%b".formatted(force, reclaim),
                new NewHost(host, ttl, username, account));
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
          out.print(answer);
        } else {
          String dns =
              ServerConnection.note(options.data())
                  .flatMap(note -> note.dns().stream().findFirst())
                  .orElse("");
          new DeviceRecipe(ServerOptions.read(answer, HostAdded.class), server.server(), dns)
              .print(out);
        }
        out.flush();
        return ExitCode.DONE;
      }
    }
  }

  /** {@code homeport host list}. */
  @Command(
      name = "list",
      description = "Lists the hosts with their present addresses.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = {"  ./homeport host list --json", "  ./homeport host list --limit 1000"})
  static final class ListAll extends RemoteCommand {
    @Option(
        names = "--label",
        paramLabel = "KEY[=VALUE]",
        description = "Only hosts with this label.")
    private @Nullable String label;

    @Mixin private PageOptions page = new PageOptions();

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get(page.of("hosts", "label", label));
    }

    @Override
    void print(PrintWriter out, String answer) {
      HostList list = ServerOptions.read(answer, HostList.class);
      print(out, list.hosts(), page.isFromTheFirst());
      page.printNext(out, list.next());
    }

    private static void print(PrintWriter out, List<HostView> hosts, boolean fromTheFirst) {
      if (hosts.isEmpty()) {
        out.println(
            fromTheFirst
                ? "No hosts yet; add one with './homeport host add NAME.ZONE'."
                : "No more hosts.");
        return;
      }
      var table = new TextTable("HOST", "ADDRESS", "CHANGED", "BY", "FROM");
      for (HostView host : hosts) {
        table.row(
            host.host(),
            host.addresses().isEmpty() ? "-" : String.join(" ", host.addresses()),
            orDash(host.changedAt()),
            orDash(host.changedBy()),
            orDash(host.changedFrom()));
      }
      table.print(out);
    }
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }

  /** {@code homeport host show}. */
  @Command(
      name = "show",
      description = "Shows a host: its address, who last changed it, when, from where.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport host show branch1.dyn.example.org")
  static final class Show extends RemoteCommand {
    @Parameters(paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("hosts/" + ServerConnection.segment(host));
    }

    @Override
    void print(PrintWriter out, String answer) {
      print(out, ServerOptions.read(answer, HostView.class));
    }

    private static void print(PrintWriter out, HostView host) {
      out.println(host.host());
      out.printf("  zone       %s%n", host.zone());
      out.printf(
          "  address    %s%n",
          host.addresses().isEmpty()
              ? "none yet; 'homeport explain last %s' tells of what its device reported"
                  .formatted(host.host())
              : String.join("  ", host.addresses()));
      host.remarks().forEach(remark -> out.printf("  note       %s%n", remark));
      out.printf("  TTL        %d s%n", host.ttl());
      out.printf("  user name  %s%n", host.username());
      out.printf("  account    %s%n", orDash(host.account()));
      host.labels().forEach((key, value) -> out.printf("  label      %s=%s%n", key, value));
      out.printf("  added      %s%n", host.createdAt());
      if (host.changedAt() != null) {
        out.printf(
            "  changed    %s by %s from %s through %s%n",
            host.changedAt(),
            orDash(host.changedBy()),
            orDash(host.changedFrom()),
            orDash(host.frontDoor()));
      }
    }
  }

  /** {@code homeport host label}. */
  @Command(
      name = "label",
      description =
          "Sets labels of a host, by which 'host list --label' finds it, such as device=camera; KEY= takes one away.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport host label cam.dyn.example.org device=camera place=gate")
  static final class Label extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE", description = "Labels.")
    private Map<String, String> labels = Map.of();

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.patch("hosts/" + ServerConnection.segment(host), new HostLabels(labels));
    }

    @Override
    void print(PrintWriter out, String answer) {
      Show.print(out, ServerOptions.read(answer, HostView.class));
    }
  }

  /** {@code homeport host remove}. */
  @Command(
      name = "remove",
      description =
          "Removes a host: its addresses leave DNS, its credential ends with its last host.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport host remove branch1.dyn.example.org")
  static final class Remove extends RemoteCommand {
    @Parameters(paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete("hosts/" + ServerConnection.segment(host));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Host %s removed.%n", host);
    }
  }
}
