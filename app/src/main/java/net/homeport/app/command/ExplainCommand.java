package net.homeport.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.web.api.KeyModel.OperationView;
import net.homeport.web.api.KeyModel.RuleFindingView;
import net.homeport.web.api.KeyModel.UpdateQuestion;
import net.homeport.web.api.KeyModel.UpdateVerdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport explain}. */
@Command(
    name = "explain",
    description = "Says what would become of something, and why, without doing it.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      ExplainCommand.Update.class,
      ExplainRequestCommand.class,
      ExplainRequestCommand.Last.class
    },
    footerHeading = "%nExample:%n",
    footer =
        "  ./homeport explain update --key kea --zone dyn.example.org 'delete h.dyn.example.org A'")
final class ExplainCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to explain: update, request or last");
  }

  /** {@code homeport explain update}. */
  @Command(
      name = "update",
      description = {
        "Says whether an update signed with a key would pass, and which rule decides: permission, prerequisites, static records, against the zone as it is now. Changes nothing.",
        "Exit code 0: it would pass; 1: it would be refused."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport explain update --key kea --zone dyn.example.org 'add h.dyn.example.org 60 A 192.0.2.1'",
        "  ./homeport explain update --key kea --zone dyn.example.org 'prereq nxdomain h.dyn.example.org' 'update add h.dyn.example.org 60 A 192.0.2.1'",
        "  ./homeport explain update --key kea --file update.txt --from 198.51.100.7",
      })
  static final class Update implements Callable<Integer> {
    @Parameters(
        paramLabel = "LINE",
        arity = "0..*",
        description = "Lines as nsupdate takes them: update add|delete, prereq ..., one each.")
    private List<String> lines = new ArrayList<>();

    @Option(
        names = "--key",
        required = true,
        paramLabel = "NAME",
        description = "The key that signs it.")
    private String key = "";

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "The zone that is to change (default: the line 'zone NAME').")
    private @Nullable String zone;

    @Option(
        names = "--from",
        paramLabel = "ADDRESS",
        description = "The address it comes from (default: that of this machine).")
    private @Nullable String from;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "A file of such lines, before those of the command line.")
    private @Nullable Path file;

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException, ConfigurationException {
      var all = new ArrayList<String>();
      Path path = file;
      if (path != null) {
        try {
          all.addAll(Files.readAllLines(path));
        } catch (IOException e) {
          throw new ConfigurationException(
              "--file: cannot read %s: %s".formatted(path, e.getMessage()));
        }
      }
      all.addAll(lines);
      if (all.isEmpty()) {
        throw new ConfigurationException(
            "say which update: lines such as 'add h.dyn.example.org 60 A 192.0.2.1', or --file FILE");
      }
      try (var server = options.connect()) {
        String answer = server.post("explain/update", new UpdateQuestion(key, zone, from, all));
        UpdateVerdict verdict = ServerOptions.read(answer, UpdateVerdict.class);
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
          out.print(answer);
        } else {
          print(out, verdict);
        }
        out.flush();
        return verdict.passes() ? ExitCode.DONE : ExitCode.FAILED;
      }
    }

    private static void print(PrintWriter out, UpdateVerdict verdict) {
      out.printf("%s: %s.%n", verdict.passes() ? "passes" : verdict.rcode(), verdict.why());
      for (OperationView operation : verdict.operations()) {
        out.printf("  allowed  %s%n", operation.operation());
        operation.rules().forEach(rule -> out.printf("           by %s%n", rule));
      }
      verdict.changes().forEach(change -> out.printf("  changes  %s%n", change));
      for (RuleFindingView finding : verdict.rulesLookedAt()) {
        out.printf("  %s%n    %s%n", finding.rule(), finding.why());
      }
    }
  }
}
