package net.homeport.app.command;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.HistoryModel.DifferenceView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport diff}. */
@Command(
    name = "diff",
    description =
        "Shows how a zone differs from one moment to another, as lines of a zone file in canonical order.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport diff dyn.example.org --from 'yesterday 14:03'",
      "  ./homeport diff dyn.example.org --from 1795176000 --to 1795176004 --json",
    })
final class DiffCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ZONE", description = "The zone's name.")
  private String zone = "";

  @Option(
      names = "--from",
      paramLabel = "MOMENT",
      required = true,
      description = "A serial, or a time: " + TimeText.FORMS + ".")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "MOMENT",
      description = "A serial, a time, or now (default: now).")
  private String to = "now";

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException {
    ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
    var query = new StringJoiner("&", "?", "");
    HistoryCommand.add(query, "from", TimeText.moment("--from", from, now));
    HistoryCommand.add(query, "to", TimeText.moment("--to", to, now));
    try (var server = options.connect()) {
      String answer = server.get("history/" + ServerConnection.segment(zone) + "/diff" + query);
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.print(answer);
      } else {
        DifferenceView difference = ServerOptions.read(answer, DifferenceView.class);
        out.printf(
            "; zone %s from serial %d to serial %d%n",
            difference.zone(), difference.fromSerial(), difference.toSerial());
        difference.lines().forEach(out::println);
      }
      out.flush();
      return ExitCode.DONE;
    }
  }
}
