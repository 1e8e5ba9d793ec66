package net.homeport.app.command;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.CredentialModel.CredentialAdded;
import net.homeport.web.api.CredentialModel.CredentialList;
import net.homeport.web.api.CredentialModel.CredentialRotation;
import net.homeport.web.api.CredentialModel.CredentialView;
import net.homeport.web.api.CredentialModel.CredentialWish;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport credential}. */
@Command(
    name = "credential",
    description =
        "Says what credentials of devices may do, adds some, replaces their secrets, enrols devices by a code.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      CredentialCommand.ListAll.class,
      CredentialCommand.Show.class,
      CredentialCommand.Add.class,
      CredentialCommand.Rotate.class,
      CredentialCommand.Scope.class,
      CredentialCommand.Sign.class,
      CredentialCommand.Disable.class,
      CredentialCommand.Enable.class,
      CredentialCommand.Remove.class,
      CredentialEnrolCommand.class,
      CredentialCodes.ListPending.class,
      CredentialCodes.Revoke.class
    },
    footerHeading = "%nExample:%n",
    footer =
        "  ./homeport credential add router@cam --host cam.dyn.example.org --from 203.0.113.0/24")
final class CredentialCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do with credentials: list, show, add, rotate, scope, sign, disable, enable, remove, enrol, codes, or revoke-code");
  }

  private static String resource(String username) {
    return "credentials/" + ServerConnection.segment(username);
  }

  /** What every command has. */
  abstract static class Asking implements Callable<Integer> {
    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    /** Asks; returns the JSON of the answer. */
    abstract String ask(ServerConnection server) throws RemoteException, ConfigurationException;

    /** Tells a person. */
    abstract void print(PrintWriter out, String answer);

    @Override
    public final Integer call() throws RemoteException, ConfigurationException {
      try (var server = options.connect()) {
        String answer = ask(server);
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
          out.print(answer);
        } else {
          print(out, answer);
        }
        out.flush();
        return ExitCode.DONE;
      }
    }
  }

  /** What every command on one credential has. */
  abstract static class OfOne extends Asking {
    @Parameters(paramLabel = "NAME", description = "The credential's user name.")
    private String username = "";

    String username() {
      return username;
    }

    @Override
    void print(PrintWriter out, String answer) {
      CredentialAnswers.print(out, ServerOptions.read(answer, CredentialView.class));
    }
  }

  /** {@code homeport credential list}. */
  @Command(
      name = "list",
      description = "Lists credentials; never their secrets.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport credential list",
        "  ./homeport credential list cam.dyn.example.org --json     (those that may change a host)",
      })
  static final class ListAll extends Asking {
    @Parameters(arity = "0..1", paramLabel = "HOST", description = "Only those that may change it.")
    private @Nullable String host;

    @Mixin private PageOptions page = new PageOptions();

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get(page.of("credentials", "host", host));
    }

    @Override
    void print(PrintWriter out, String answer) {
      CredentialList list = ServerOptions.read(answer, CredentialList.class);
      List<CredentialView> all = list.credentials();
      if (all.isEmpty()) {
        out.println(
            page.isFromTheFirst()
                ? "No credentials yet; './homeport host add NAME.ZONE' makes one."
                : "No more credentials.");
        return;
      }
      var table = new TextTable("CREDENTIAL", "STATE", "LAST USED", "MAY CHANGE", "COMMENT");
      for (CredentialView credential : all) {
        String state = credential.secrets().size() > 1 ? "rotating" : "valid";
        String used = credential.lastUsedAt();
        table.row(
            credential.username(),
            credential.disabled() ? "disabled" : state,
            used == null ? "never" : used,
            CredentialAnswers.hosts(credential.scope()),
            credential.comment());
      }
      table.print(out);
      page.printNext(out, list.next());
    }
  }

  /** {@code homeport credential show}. */
  @Command(
      name = "show",
      description = "Shows what a credential may do and when it was used; never its secret.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport credential show router@cam")
  static final class Show extends OfOne {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get(resource(username()));
    }
  }

  /** {@code homeport credential add}. */
  @Command(
      name = "add",
      description = {
        "Adds a credential beside those that hosts have, and prints its secret, once.",
        "Its devices may send their host's name as user name as well."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport credential add router@cam --host cam.dyn.example.org --from 203.0.113.0/24",
        "  ./homeport credential add office --subtree office.dyn.example.org --type A --expires 90d",
        "  ./homeport credential add meter7 --host meter7.dyn.example.org --signing    (without TLS)",
      })
  static final class Add extends OfOne {
    @Mixin private ScopeFlags scope = new ScopeFlags();

    @Option(names = "--comment", paramLabel = "TEXT", description = "A note for people.")
    private @Nullable String comment;

    @Option(
        names = "--signing",
        description = "Make a secret that signs requests, too, for devices without TLS.")
    private boolean signing;

    @Override
    String ask(ServerConnection server) throws RemoteException, ConfigurationException {
      return server.post(
          "credentials",
          new CredentialWish(username(), comment, scope.scope(null, Instant.now()), signing));
    }

    @Override
    void print(PrintWriter out, String answer) {
      CredentialAnswers.print(out, "added", ServerOptions.read(answer, CredentialAdded.class));
    }
  }

  /** {@code homeport credential rotate}. */
  @Command(
      name = "rotate",
      description =
          "Gives a credential another secret, shown once. The old one stays valid for a while, so that devices can be changed one by one.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport credential rotate cam.dyn.example.org --overlap 7d",
        "  ./homeport credential rotate cam.dyn.example.org --overlap 0s    (the old one is known to others)",
      })
  static final class Rotate extends OfOne {
    @Option(
        names = "--overlap",
        paramLabel = "SPAN",
        description = "How long the old secret stays valid: 7d, 12h, 30m, 0s (default: 7d).")
    private String overlap = "7d";

    @Override
    String ask(ServerConnection server) throws RemoteException, ConfigurationException {
      return server.post(
          resource(username()) + "/rotate",
          new CredentialRotation(DurationText.parse("--overlap", overlap).toSeconds()));
    }

    @Override
    void print(PrintWriter out, String answer) {
      CredentialAnswers.print(
          out, "has a new secret", ServerOptions.read(answer, CredentialAdded.class));
    }
  }

  /** {@code homeport credential scope}. */
  @Command(
      name = "scope",
      description = "Changes what a credential may do; what no flag says stays as it is.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport credential scope cam.dyn.example.org --from 203.0.113.0/24,2001:db8:7::/48",
        "  ./homeport credential scope cam.dyn.example.org --from any --unused-expiry 90d",
      })
  static final class Scope extends OfOne {
    @Mixin private ScopeFlags scope = new ScopeFlags();

    @Override
    String ask(ServerConnection server) throws RemoteException, ConfigurationException {
      String resource = resource(username());
      if (scope.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "say what to change, such as --from 203.0.113.0/24");
      }
      CredentialView before = ServerOptions.read(server.get(resource), CredentialView.class);
      return server.put(resource + "/scope", scope.scope(before.scope(), Instant.now()));
    }
  }

  /** {@code homeport credential sign}. */
  @Command(
      name = "sign",
      description =
          "Makes a secret with which a device without TLS signs its requests, shown once; or ends it.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport credential sign meter7.dyn.example.org")
  static final class Sign extends OfOne {
    @Option(names = "--off", description = "Take signatures no more.")
    private boolean off;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      String resource = resource(username()) + "/signing";
      return off ? server.delete(resource) : server.put(resource, List.of());
    }

    @Override
    void print(PrintWriter out, String answer) {
      if (off) {
        super.print(out, answer);
      } else {
        CredentialAnswers.print(
            out, "signs requests", ServerOptions.read(answer, CredentialAdded.class));
      }
    }
  }

  /** {@code homeport credential disable}. */
  @Command(
      name = "disable",
      description = "Takes a credential no more, until it is enabled again.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport credential disable router@cam")
  static final class Disable extends OfOne {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post(resource(username()) + "/disable", List.of());
    }
  }

  /** {@code homeport credential enable}. */
  @Command(
      name = "enable",
      description = "Takes a disabled credential again.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport credential enable router@cam")
  static final class Enable extends OfOne {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post(resource(username()) + "/enable", List.of());
    }
  }

  /** {@code homeport credential remove}. */
  @Command(
      name = "remove",
      description = "Removes a credential that was added beside those of hosts.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport credential remove router@cam")
  static final class Remove extends OfOne {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete(resource(username()));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Credential %s removed.%n", username());
    }
  }
}
