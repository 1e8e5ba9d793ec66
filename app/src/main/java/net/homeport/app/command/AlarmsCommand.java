package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.remote.RemoteException;
import net.homeport.web.api.RestrictionModel.AlarmList;
import net.homeport.web.api.RestrictionModel.AlarmView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeport alarms}. */
@Command(
    name = "alarms",
    description =
        "Lists addresses that are published for a host of one account and were reported by a host of another: the first host's visitors may reach the second one.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./homeport alarms", "  ./homeport alarms --dismiss 17"})
final class AlarmsCommand implements Callable<Integer> {
  @Option(names = "--all", description = "Those that were dismissed as well.")
  private boolean all;

  @Option(
      names = "--dismiss",
      paramLabel = "NUMBER",
      description = "Do not show this one any more.")
  private @Nullable Long dismissed;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException {
    Long number = dismissed;
    try (var server = options.connect()) {
      String answer =
          number == null ? server.get("alarms?all=" + all) : server.delete("alarms/" + number);
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.print(answer);
      } else if (number == null) {
        print(out, ServerOptions.read(answer, AlarmList.class).alarms());
      } else {
        out.printf("Alarm %d is dismissed.%n", number);
      }
      out.flush();
      return ExitCode.DONE;
    }
  }

  private static String account(@Nullable String name, long id) {
    return name == null ? "%d (gone)".formatted(id) : name;
  }

  private static void print(PrintWriter out, List<AlarmView> alarms) {
    if (alarms.isEmpty()) {
      out.println("No alarms.");
      return;
    }
    var table =
        new TextTable(
            "ALARM", "ADDRESS", "HOST", "ACCOUNT", "NOW REPORTED BY", "ACCOUNT", "AT", "STATE");
    for (AlarmView alarm : alarms) {
      table.row(
          String.valueOf(alarm.id()),
          alarm.address(),
          alarm.host(),
          account(alarm.accountName(), alarm.account()),
          alarm.reportedBy(),
          account(alarm.reporterAccountName(), alarm.reporterAccount()),
          alarm.raisedAt(),
          alarm.dismissed() ? "dismissed" : "open");
    }
    table.print(out);
  }
}
