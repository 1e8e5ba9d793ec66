package net.homeport.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.RestrictionModel.NameListView;
import net.homeport.web.api.RestrictionModel.NewSetting;
import net.homeport.web.api.RestrictionModel.PolicyView;
import net.homeport.web.api.RestrictionModel.SettingView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport policy}. */
@Command(
    name = "policy",
    description =
        "Shows and sets what may be published, by whom and how often: for one host, for a zone, or by default. The nearest decides.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      PolicyCommand.Show.class,
      PolicyCommand.Set.class,
      PolicyCommand.Unset.class,
      PolicyCommand.Names.class
    },
    footerHeading = "%nExample:%n",
    footer = "  ./homeport policy set --zone dyn.example.org change-budget 5/60s")
final class PolicyCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with policies: show, set, unset or names");
  }

  /** For which hosts. */
  static final class Scope {
    @Option(names = "--host", paramLabel = "HOST", description = "For this host.")
    private @Nullable String host;

    @Option(names = "--zone", paramLabel = "ZONE", description = "For the hosts of this zone.")
    private @Nullable String zone;

    private static String query(@Nullable Scope scope) {
      var query = new StringJoiner("&", "?", "");
      HistoryCommand.add(query, "host", scope == null ? null : scope.host);
      HistoryCommand.add(query, "zone", scope == null ? null : scope.zone);
      return query.toString();
    }
  }

  private static String from(SettingView setting) {
    String scope = setting.scope();
    String name = setting.name();
    if (scope == null) {
      return "-";
    }
    return name == null ? scope : scope + " " + name;
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }

  /** {@code homeport policy show}. */
  @Command(
      name = "show",
      description = {
        "Shows what holds for a host or a zone, and where each value was set; without either, all that is set.",
        "What is not set anywhere does not restrict, but for change-budget (10/20s) and quarantine-days (90)."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport policy show",
        "  ./homeport policy show --host branch1.dyn.example.org",
      })
  static final class Show extends RemoteCommand {
    @ArgGroup private @Nullable Scope scope;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("policies" + Scope.query(scope));
    }

    @Override
    void print(PrintWriter out, String answer) {
      print(out, ServerOptions.read(answer, PolicyView.class));
    }

    private static void print(PrintWriter out, PolicyView policy) {
      if (policy.settings().isEmpty()) {
        out.println(
            "Nothing is set; './homeport policy set --help' shows what can be, for example change-budget 5/60s.");
        return;
      }
      var table = new TextTable("SETTING", "VALUE", "SET FOR", "BY", "AT");
      for (SettingView setting : policy.settings()) {
        table.row(
            setting.setting(),
            orDash(setting.value()),
            from(setting),
            orDash(setting.setBy()),
            orDash(setting.setAt()));
      }
      table.print(out);
    }
  }

  /** {@code homeport policy set}. */
  @Command(
      name = "set",
      description = {
        "Sets a policy for a host, a zone, or by default.",
        "Settings: source-networks, address-ranges (networks, or any), families (ipv4, ipv6, both), change-budget (10/20s, unlimited), ttl-range (30-3600), approval, locked (yes, no), minimum-tls (1.2, 1.3, none); of zones and by default also hosts-per-zone, hosts-per-account, quarantine-days."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport policy set --host branch1.dyn.example.org source-networks 192.0.2.0/24,2001:db8::/32",
        "  ./homeport policy set --zone dyn.example.org approval yes",
        "  ./homeport policy set minimum-tls 1.2",
      })
  static final class Set extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "SETTING", description = "What to set.")
    private String setting = "";

    @Parameters(index = "1", paramLabel = "VALUE", description = "Its value.")
    private String value = "";

    @ArgGroup private @Nullable Scope scope;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      Scope of = scope;
      return server.post(
          "policies",
          new NewSetting(of == null ? null : of.host, of == null ? null : of.zone, setting, value));
    }

    @Override
    void print(PrintWriter out, String answer) {
      SettingView set = ServerOptions.read(answer, SettingView.class);
      out.printf("%s is %s (%s).%n", set.setting(), orDash(set.value()), from(set));
    }
  }

  /** {@code homeport policy unset}. */
  @Command(
      name = "unset",
      description = "Takes a policy away: what is set further out holds again.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport policy unset --zone dyn.example.org approval")
  static final class Unset extends RemoteCommand {
    @Parameters(paramLabel = "SETTING", description = "What to unset.")
    private String setting = "";

    @ArgGroup private @Nullable Scope scope;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete("policies/" + ServerConnection.segment(setting) + Scope.query(scope));
    }

    @Override
    void print(PrintWriter out, String answer) {
      SettingView was = ServerOptions.read(answer, SettingView.class);
      out.printf("%s is not set any more (%s); it was %s.%n", setting, from(was), was.value());
    }
  }

  /** {@code homeport policy names}. */
  @Command(
      name = "names",
      description = {
        "Shows or replaces a list of names: reserved (labels that no host may have) or brands (that no host may look like).",
        "Hosts that exist already stay."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport policy names reserved > reserved.txt",
        "  ./homeport policy names reserved --file reserved.txt",
        "  ./homeport policy names brands --reset",
      })
  static final class Names implements Callable<Integer> {
    @Parameters(paramLabel = "LIST", description = "reserved or brands.")
    private String list = "";

    @Option(names = "--file", paramLabel = "FILE", description = "Replace it by this file.")
    private @Nullable Path file;

    @Option(names = "--reset", description = "Replace it by the one that Homeport brings.")
    private boolean reset;

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException, ConfigurationException {
      String resource = "policies/" + ServerConnection.segment(list) + "/list";
      Path path = file;
      try (var server = options.connect()) {
        String answer;
        if (path != null) {
          answer = server.putText(resource, octets(path));
        } else {
          answer = reset ? server.delete(resource) : server.get(resource);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
          out.print(answer);
        } else if (path != null || reset) {
          out.printf("The list of names '%s' was replaced.%n", list);
        } else {
          out.print(ServerOptions.read(answer, NameListView.class).text());
        }
        out.flush();
        return ExitCode.DONE;
      }
    }

    private static byte[] octets(Path path) throws ConfigurationException {
      try {
        return Files.readAllBytes(path);
      } catch (IOException e) {
        throw new ConfigurationException(
            "--file: cannot read %s: %s".formatted(path, e.getMessage()));
      }
    }
  }
}
