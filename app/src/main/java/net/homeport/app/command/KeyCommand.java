package net.homeport.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.KeyModel.KeyAdded;
import net.homeport.web.api.KeyModel.KeyList;
import net.homeport.web.api.KeyModel.KeyView;
import net.homeport.web.api.KeyModel.Rotation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport key}. */
@Command(
    name = "key",
    description =
        "Adds, lists, shows, rotates and removes keys that sign DNS updates (TSIG, SIG(0)).",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      KeyAddCommand.class,
      KeyImportCommand.class,
      KeyCommand.ListAll.class,
      KeyCommand.Show.class,
      KeyCommand.Rotate.class,
      KeyCommand.Disable.class,
      KeyCommand.Enable.class,
      KeyCommand.Remove.class,
      KeyRuleCommand.class
    },
    footerHeading = "%nExample:%n",
    footer = "  ./homeport key add router1.dyn.example.org --self")
final class KeyCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do with keys: add, import, list, show, rotate, disable, enable, remove, or rule");
  }

  /** Path of a key's resource. */
  static String resource(String name) {
    return "keys/" + ServerConnection.segment(name);
  }

  /** A request; returns the JSON of the answer. */
  @FunctionalInterface
  interface Question {
    String ask(ServerConnection server) throws RemoteException;
  }

  /** What every command on one key has. */
  abstract static class OfOneKey implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The key's name.")
    private String name = "";

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    String name() {
      return name;
    }

    ServerOptions options() {
      return options;
    }

    /** Looks at the flags, before a server is asked. */
    abstract Question question() throws ConfigurationException;

    /** Tells a person. */
    void print(PrintWriter out, String answer) {
      KeyAnswers.print(out, ServerOptions.read(answer, KeyView.class));
    }

    @Override
    public final Integer call() throws RemoteException, ConfigurationException {
      Question question = question();
      try (var server = options.connect()) {
        String answer = question.ask(server);
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

  /** {@code homeport key list}. */
  @Command(
      name = "list",
      description = "Lists the keys; never their secrets.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport key list --json")
  static final class ListAll extends RemoteCommand {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("keys");
    }

    @Override
    void print(PrintWriter out, String answer) {
      print(out, ServerOptions.read(answer, KeyList.class).keys());
    }

    private static void print(PrintWriter out, List<KeyView> keys) {
      if (keys.isEmpty()) {
        out.println("No keys yet; add one with './homeport key add NAME --self'.");
        return;
      }
      var table = new TextTable("KEY", "ALGORITHM", "RULES", "STATE", "ADDED", "COMMENT");
      for (KeyView key : keys) {
        String state = key.secrets().size() > 1 ? "rotating" : "valid";
        table.row(
            key.name(),
            key.algorithm(),
            Integer.toString(key.rules().size()),
            key.disabled() ? "disabled" : state,
            key.createdAt(),
            key.comment());
      }
      table.print(out);
    }
  }

  /** {@code homeport key show}. */
  @Command(
      name = "show",
      description = "Shows a key and its rules; never its secret.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport key show router1.dyn.example.org")
  static final class Show extends OfOneKey {
    @Override
    Question question() {
      return server -> server.get(resource(name()));
    }
  }

  /** {@code homeport key rotate}. */
  @Command(
      name = "rotate",
      description =
          "Gives a key another secret, shown once. The old one stays valid for a while, so that clients can be changed one by one.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport key rotate router1.dyn.example.org --overlap 7d",
        "  ./homeport key rotate router1.dyn.example.org --overlap 0s     (the old one is known to others)",
      })
  static final class Rotate extends OfOneKey {
    @Option(
        names = "--overlap",
        paramLabel = "SPAN",
        description = "How long the old secret stays valid: 7d, 12h, 30m, 0s (default: 7d).")
    private String overlap = "7d";

    @Option(
        names = "--secret-file",
        paramLabel = "FILE",
        description = "A file with the new secret in Base64, instead of making one; - is input.")
    private @Nullable Path secretFile;

    @Option(
        names = "--for",
        paramLabel = "PROGRAM",
        description = "Print the configuration of this program only.")
    private KeyRecipe.@Nullable Program program;

    @Override
    Question question() throws ConfigurationException {
      var rotation =
          new Rotation(
              DurationText.parse("--overlap", overlap).toSeconds(),
              KeyAddCommand.givenSecret(null, secretFile));
      return server -> server.post(resource(name()) + "/rotate", rotation);
    }

    @Override
    void print(PrintWriter out, String answer) {
      KeyAnswers.print(
          out, "has a new secret", ServerOptions.read(answer, KeyAdded.class), options(), program);
    }
  }

  /** {@code homeport key disable}. */
  @Command(
      name = "disable",
      description = "Refuses all that a key signs, until it is enabled again.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport key disable router1.dyn.example.org")
  static final class Disable extends OfOneKey {
    @Override
    Question question() {
      return server -> server.post(resource(name()) + "/disable", List.of());
    }
  }

  /** {@code homeport key enable}. */
  @Command(
      name = "enable",
      description = "Takes again what a disabled key signs.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport key enable router1.dyn.example.org")
  static final class Enable extends OfOneKey {
    @Override
    Question question() {
      return server -> server.post(resource(name()) + "/enable", List.of());
    }
  }

  /** {@code homeport key remove}. */
  @Command(
      name = "remove",
      description = "Removes a key; the records that it made stay.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport key remove router1.dyn.example.org")
  static final class Remove extends OfOneKey {
    @Override
    Question question() {
      return server -> server.delete(resource(name()));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Key %s removed.%n", name());
    }
  }
}
