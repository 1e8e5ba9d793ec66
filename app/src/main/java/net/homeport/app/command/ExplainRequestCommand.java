package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.RestrictionModel.CheckView;
import net.homeport.web.api.RestrictionModel.LastView;
import net.homeport.web.api.RestrictionModel.PastEvent;
import net.homeport.web.api.RestrictionModel.RequestQuestion;
import net.homeport.web.api.RestrictionModel.RequestVerdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport explain request}. */
@Command(
    name = "request",
    description = {
      "Says what would become of a device's request now: each check, what it says, which one decides, and where its rule was set. Changes nothing, and needs no secret.",
      "Exit code 0: it would be made, or is so already; 1: it would not."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport explain request --host branch1.dyn.example.org --ip 203.0.113.7",
      "  ./homeport explain request --host branch1.dyn.example.org --ip 2001:db8::7 --source 198.51.100.9 --tls 1.3",
      "  ./homeport explain request --host office --username branch1.dyn.example.org --ip 203.0.113.7",
    })
final class ExplainRequestCommand implements Callable<Integer> {
  @Option(
      names = "--host",
      required = true,
      paramLabel = "HOST",
      description = "The host that is to change; or a group of hosts, as No-IP has them.")
  private String host = "";

  @Option(
      names = "--ip",
      paramLabel = "ADDRESS",
      description = "An address it reports; may be repeated (default: the source).")
  private List<String> addresses = new ArrayList<>();

  @Option(
      names = "--source",
      paramLabel = "ADDRESS",
      description = "The address the request comes from (default: the first --ip).")
  private @Nullable String source;

  @Option(names = "--door", paramLabel = "DOOR", description = "The front door (default: dyndns2).")
  private @Nullable String door;

  @Option(
      names = "--username",
      paramLabel = "NAME",
      description =
          "Whose request (default: the host's own credential's, or that of the group's name).")
  private @Nullable String username;

  @Option(
      names = "--tls",
      paramLabel = "VERSION",
      description = "Version of TLS that carries it, 1.2 or 1.3 (default: in clear).")
  private @Nullable String tls;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException {
    try (var server = options.connect()) {
      String answer =
          server.post(
              "explain/request", new RequestQuestion(host, addresses, source, door, username, tls));
      RequestVerdict verdict = ServerOptions.read(answer, RequestVerdict.class);
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.print(answer);
      } else {
        print(out, verdict);
      }
      out.flush();
      boolean passes = verdict.outcome().equals("updated") || verdict.outcome().equals("unchanged");
      return passes ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private static void print(PrintWriter out, RequestVerdict verdict) {
    out.printf("%s: %s.%n", verdict.outcome(), verdict.why());
    if (verdict.decidedBy() != null) {
      out.printf("  decided by  %s%n", verdict.decidedBy());
    }
    for (CheckView check : verdict.checks()) {
      out.printf("  %-8s  %s%n", check.verdict(), check.check());
      if (check.rule() != null) {
        out.printf("            %s%n", check.rule());
      }
    }
    verdict.changes().forEach(change -> out.printf("  changes   %s%n", change));
  }

  /** {@code homeport explain last}. */
  @Command(
      name = "last",
      description =
          "Says what happened to a host last: the last change, the last request that was not followed, and why.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport explain last branch1.dyn.example.org")
  static final class Last extends RemoteCommand {
    @Parameters(paramLabel = "HOST", description = "The host's full name.")
    private String host = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("explain/last?host=" + ServerConnection.segment(host));
    }

    @Override
    void print(PrintWriter out, String answer) {
      print(out, ServerOptions.read(answer, LastView.class));
    }

    private static void print(PrintWriter out, LastView last) {
      if (last.events().isEmpty()) {
        out.printf(
            "Nothing is known of %s: no change, and no request that was refused.%n", last.host());
        return;
      }
      for (PastEvent event : last.events()) {
        String source = event.source();
        out.printf(
            "%s  %s: %s%n    %s through %s%s%n",
            event.at(),
            event.outcome(),
            event.why(),
            event.who().isEmpty() ? "somebody" : event.who(),
            event.door(),
            source == null ? "" : " from " + source);
      }
    }
  }
}
