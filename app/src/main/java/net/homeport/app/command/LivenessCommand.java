package net.homeport.app.command;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.LivenessModel.LivenessList;
import net.homeport.web.api.LivenessModel.LivenessSaid;
import net.homeport.web.api.LivenessModel.LivenessView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code homeport liveness}. */
@Command(
    name = "liveness",
    description =
        "Shows which hosts are silent, and says what silence does in a zone or everywhere.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      LivenessCommand.ListAll.class,
      LivenessCommand.Show.class,
      LivenessCommand.Set.class
    },
    footerHeading = "%nExample:%n",
    footer = "  ./homeport liveness list --state silent")
final class LivenessCommand implements Runnable {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: list, show or set");
  }

  static String span(long seconds) {
    if (seconds % DAY == 0) {
      return seconds / DAY + "d";
    }
    if (seconds % HOUR == 0) {
      return seconds / HOUR + "h";
    }
    return seconds % MINUTE == 0 ? seconds / MINUTE + "m" : seconds + "s";
  }

  /** {@code homeport liveness list}. */
  @Command(
      name = "list",
      description = "Lists hosts, when they were last heard, and how often they should be.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport liveness list --state silent")
  static final class ListAll extends RemoteCommand {
    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "Only those that are fresh, late, silent, dead, or never were heard.")
    private @Nullable String state;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get(
          "liveness" + (state == null ? "" : "?state=" + ServerConnection.segment(state)));
    }

    @Override
    void print(PrintWriter out, String answer) {
      List<LivenessView> hosts = ServerOptions.read(answer, LivenessList.class).hosts();
      if (hosts.isEmpty()) {
        out.println("No such hosts.");
        return;
      }
      var table = new TextTable("HOST", "STATE", "LAST HEARD", "INTERVAL", "CLIENT");
      for (LivenessView host : hosts) {
        String lastSeen = host.lastSeen();
        table.row(
            host.host(),
            host.state(),
            lastSeen == null ? "-" : lastSeen,
            span(host.intervalSeconds()) + " " + host.intervalFrom(),
            host.client());
      }
      table.print(out);
    }
  }

  /** {@code homeport liveness show}. */
  @Command(
      name = "show",
      description = "Shows what was said of the silence of the hosts of a zone, or of all zones.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport liveness show dyn.example.org")
  static final class Show extends RemoteCommand {
    @Mixin private ZoneParameter zone = new ZoneParameter();

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("liveness/" + zone.segment());
    }

    @Override
    void print(PrintWriter out, String answer) {
      printSaid(out, answer);
    }
  }

  /** {@code homeport liveness set}. */
  @Command(
      name = "set",
      description = {
        "Says what silence does to the hosts of a zone, or of all zones.",
        "What is said of a host goes before what is said of its zone, and that before what is said of all."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport liveness set dyn.example.org --on-silent withdraw",
        "  ./homeport liveness set --on-silent tell --on-dead park=192.0.2.1",
      })
  static final class Set extends RemoteCommand {
    @Mixin private ZoneParameter zone = new ZoneParameter();
    @Mixin private LivenessFlags flags = new LivenessFlags();

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.put("liveness/" + zone.segment(), flags.given(spec.commandLine()));
    }

    @Override
    void print(PrintWriter out, String answer) {
      printSaid(out, answer);
    }
  }

  private static void printSaid(PrintWriter out, String answer) {
    LivenessSaid said = ServerOptions.read(answer, LivenessSaid.class);
    Long interval = said.intervalSeconds();
    out.printf("interval      %s%n", interval == null ? "not said" : span(interval));
    out.printf("late after    %s%n", intervals(said.lateAfter()));
    out.printf("silent after  %s%n", intervals(said.silentAfter()));
    out.printf("dead after    %s%n", intervals(said.deadAfter()));
    out.printf("on late       %s%n", orNotSaid(said.onLate()));
    out.printf("on silent     %s%n", orNotSaid(said.onSilent()));
    out.printf("on dead       %s%n", orNotSaid(said.onDead()));
  }

  private static String intervals(@Nullable Double number) {
    return number == null
        ? "not said"
        : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString() + " intervals";
  }

  private static String orNotSaid(@Nullable String text) {
    return text == null ? "not said" : text;
  }
}
