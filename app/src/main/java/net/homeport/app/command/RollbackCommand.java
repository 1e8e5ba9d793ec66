package net.homeport.app.command;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.HistoryModel.RollbackView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport rollback}. */
@Command(
    name = "rollback",
    description = {
      "Makes a zone what it was, as a new change with a new serial; the history stays.",
      "Addresses of hosts go back too, unless --only-static. Hosts and credentials stay as they are."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport rollback dyn.example.org --to 1795176000 --dry-run",
      "  ./homeport rollback dyn.example.org --to 'yesterday 14:03' --only-static",
      "  ./homeport rollback dyn.example.org --to '2h ago' --name www.dyn.example.org",
    })
final class RollbackCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ZONE", description = "The zone's name.")
  private String zone = "";

  @Option(
      names = "--to",
      paramLabel = "MOMENT",
      required = true,
      description = "When it was as it should be: a serial, or a time: " + TimeText.FORMS + ".")
  private String to = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Only the records of this name.")
  private @Nullable String name;

  @Option(
      names = "--only-static",
      description = "Leave what hosts and keys that sign updates published as it is.")
  private boolean onlyStatic;

  @Option(names = "--dry-run", description = "Only show what would change.")
  private boolean dryRun;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException {
    var query = new StringJoiner("&", "?", "");
    HistoryCommand.add(
        query, "to", TimeText.moment("--to", to, ZonedDateTime.now(ZoneId.systemDefault())));
    HistoryCommand.add(query, "name", name);
    query.add("only-static=" + onlyStatic);
    query.add("dry-run=" + dryRun);
    try (var server = options.connect()) {
      String answer =
          server.post("history/" + ServerConnection.segment(zone) + "/rollback" + query, Map.of());
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.print(answer);
      } else {
        print(out, ServerOptions.read(answer, RollbackView.class));
      }
      out.flush();
      return ExitCode.DONE;
    }
  }

  private static void print(PrintWriter out, RollbackView done) {
    done.lines().forEach(out::println);
    if (!done.changed()) {
      out.printf(
          "Zone %s is as it was at serial %d; nothing to do.%n", done.zone(), done.toSerial());
    } else if (done.dryRun()) {
      out.printf("Zone %s would change so; nothing was changed.%n", done.zone());
    } else {
      out.printf(
          "Zone %s is rolled back to what it was at serial %d; its serial is now %d.%n",
          done.zone(), done.toSerial(), done.serial());
    }
  }
}
