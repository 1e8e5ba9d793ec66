package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.RestrictionModel.FreedList;
import net.homeport.web.api.RestrictionModel.FreedView;
import net.homeport.web.api.RestrictionModel.NewBlock;
import net.homeport.web.api.RestrictionModel.StandingList;
import net.homeport.web.api.RestrictionModel.StandingView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person decides of hosts: approval, blocks, and freed names. */
final class HostStandingCommands {
  private HostStandingCommands() {}

  private static String resource(String host, String deed) {
    return "hosts/" + ServerConnection.segment(host) + "/" + deed;
  }

  private static String released(String answer) {
    return String.valueOf(ServerOptions.read(answer, StandingView.class).released());
  }

  /** {@code homeport host approve}. */
  @Command(
      name = "approve",
      description =
          "Approves a new host: what its device asked for meanwhile is published, or its next report.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport host approve branch1.dyn.example.org")
  static final class Approve extends RemoteCommand {
    @Parameters(paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post(resource(host, "approve"));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Host %s is approved; %s.%n", host, released(answer));
    }
  }

  /** {@code homeport host block}. */
  @Command(
      name = "block",
      description = {
        "Blocks a host for abuse: its addresses leave DNS at once, its devices hear 'abuse'.",
        "It stays blocked when it is removed and added again, and for signed updates."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport host block branch1.dyn.example.org --reason 'phishing, ticket 4711'")
  static final class Block extends RemoteCommand {
    @Parameters(paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; kept with the block and told in explanations.")
    private String reason = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post(resource(host, "block"), new NewBlock(reason));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("%s is blocked; './homeport host unblock %s' ends that.%n", host, host);
    }
  }

  /** {@code homeport host unblock}. */
  @Command(
      name = "unblock",
      description =
          "Ends a block: what its device asked for meanwhile is published, or its next report.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport host unblock branch1.dyn.example.org")
  static final class Unblock extends RemoteCommand {
    @Parameters(paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post(resource(host, "unblock"));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("%s is not blocked any more; %s.%n", host, released(answer));
    }
  }

  /** {@code homeport host standings}. */
  @Command(
      name = "standings",
      description = "Lists the names that are blocked, and the hosts that wait for approval.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport host standings")
  static final class Standings extends RemoteCommand {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("standings");
    }

    @Override
    void print(PrintWriter out, String answer) {
      print(out, ServerOptions.read(answer, StandingList.class).standings());
    }

    private static void print(PrintWriter out, List<StandingView> standings) {
      if (standings.isEmpty()) {
        out.println("No name is blocked, and no host waits for approval.");
        return;
      }
      var table = new TextTable("NAME", "STANDING", "SINCE", "BY", "REASON");
      for (StandingView one : standings) {
        String reason = one.blocked();
        if (reason != null) {
          table.row(
              one.host(),
              "blocked",
              String.valueOf(one.blockedAt()),
              String.valueOf(one.blockedBy()),
              reason);
        } else {
          String withheld = one.withheld();
          table.row(
              one.host(),
              "waits for approval",
              "-",
              "-",
              withheld == null ? "-" : "asked for %s at %s".formatted(withheld, one.withheldAt()));
        }
      }
      table.print(out);
    }
  }

  /** {@code homeport host quarantine}. */
  @Command(
      name = "quarantine",
      description =
          "Lists the names of removed hosts that are kept back; 'homeport host add NAME --reclaim' takes one earlier.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport host quarantine")
  static final class Freed extends RemoteCommand {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("quarantine");
    }

    @Override
    void print(PrintWriter out, String answer) {
      print(out, ServerOptions.read(answer, FreedList.class).names());
    }

    private static void print(PrintWriter out, List<FreedView> names) {
      if (names.isEmpty()) {
        out.println("No name is kept back.");
        return;
      }
      var table = new TextTable("NAME", "REMOVED", "KEPT UNTIL", "USER NAME");
      for (FreedView name : names) {
        table.row(name.name(), name.removedAt(), name.until(), name.username());
      }
      table.print(out);
    }
  }
}
