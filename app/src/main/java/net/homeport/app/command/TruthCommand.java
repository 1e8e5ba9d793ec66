package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.LivenessModel.TruthSaid;
import net.homeport.web.api.LivenessModel.TruthView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code homeport truth}. */
@Command(
    name = "truth",
    description =
        "Shows and says what is done with addresses that not everybody can reach, in a zone or in all.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {TruthCommand.Show.class, TruthCommand.Set.class},
    footerHeading = "%nExample:%n",
    footer = "  ./homeport truth show dyn.example.org")
final class TruthCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: show or set");
  }

  /** {@code homeport truth show}. */
  @Command(
      name = "show",
      description = "Shows what is done with addresses of each class, in a zone or in all.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport truth show dyn.example.org")
  static final class Show extends RemoteCommand {
    @Mixin private ZoneParameter zone = new ZoneParameter();

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("truth/" + zone.segment());
    }

    @Override
    void print(PrintWriter out, String answer) {
      printView(out, answer);
    }
  }

  /** {@code homeport truth set}. */
  @Command(
      name = "set",
      description = {
        "Says what is done with addresses of a class, in a zone or in all.",
        "Each is published, acknowledged (the device hears that all is well, nothing changes) or refused."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport truth set dyn.example.org --private refuse --cgnat refuse",
        "  ./homeport truth set --class teredo=refuse --source warn",
      })
  static final class Set extends RemoteCommand {
    @Mixin private ZoneParameter zone = new ZoneParameter();

    @Option(
        names = "--private",
        paramLabel = "TREATMENT",
        description =
            "Of private addresses, IPv4 and IPv6: publish, acknowledge, refuse or inherit.")
    private @Nullable String privates;

    @Option(names = "--cgnat", paramLabel = "TREATMENT", description = "Of 100.64.0.0/10.")
    private @Nullable String cgnat;

    @Option(
        names = "--class",
        paramLabel = "CLASS=TREATMENT",
        description = "Of another class, as 'truth show' names them.")
    private Map<String, String> classes = new LinkedHashMap<>();

    @Option(
        names = "--source",
        paramLabel = "WORD",
        description =
            "When a device reports another address than it speaks from: accept, warn, match or inherit.")
    private @Nullable String source;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      Map<String, String> treatments = new LinkedHashMap<>(classes);
      if (privates != null) {
        treatments.put("private", privates);
        treatments.put("unique-local", privates);
      }
      if (cgnat != null) {
        treatments.put("cgnat", cgnat);
      }
      if (treatments.isEmpty() && source == null) {
        throw new ParameterException(
            spec.commandLine(), "say what to set: --private, --cgnat, --class or --source");
      }
      return server.put("truth/" + zone.segment(), new TruthSaid(treatments, source));
    }

    @Override
    void print(PrintWriter out, String answer) {
      printView(out, answer);
    }
  }

  private static void printView(PrintWriter out, String answer) {
    TruthView view = ServerOptions.read(answer, TruthView.class);
    var table = new TextTable("ADDRESSES", "ARE");
    view.treatments().forEach((kind, treatment) -> table.row(kind, treatment));
    table.row("other than the source", view.source());
    table.print(out);
  }
}
