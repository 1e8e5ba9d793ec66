package net.homeport.app.command;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.AccountModel.NewPerson;
import net.homeport.web.api.AccountModel.NewToken;
import net.homeport.web.api.AccountModel.PersonChange;
import net.homeport.web.api.AccountModel.PersonList;
import net.homeport.web.api.AccountModel.PersonView;
import net.homeport.web.api.AccountModel.PersonsAccount;
import net.homeport.web.api.AccountModel.TokenAdded;
import net.homeport.web.api.AccountModel.TokenView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport person}. */
@Command(
    name = "person",
    description =
        "Adds, lists, changes and removes people, and makes tokens by which their programs use the API.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      PersonCommand.Add.class,
      PersonCommand.ListAll.class,
      PersonCommand.Show.class,
      PersonCommand.Password.class,
      PersonCommand.Disable.class,
      PersonCommand.Enable.class,
      PersonCommand.Token.class,
      PersonCommand.RemoveToken.class,
      PersonCommand.Remove.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport person add ann@example.org",
      "  ./homeport person token ann@example.org --label laptop --role viewer --days 90",
    })
final class PersonCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do with people: add, list, show, password, disable, enable, token, remove-token or remove");
  }

  /** A password, from a file or typed in; never from the command line, which others can see. */
  private static @Nullable String password(
      CommandSpec spec, @Nullable Path file, boolean mayBeMissing) {
    if (file != null) {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new ParameterException(
            spec.commandLine(), "cannot read the password from %s: %s".formatted(file, e), e);
      }
    }
    Console console = terminal().orElse(null);
    if (console == null) {
      if (mayBeMissing) {
        return null;
      }
      throw new ParameterException(
          spec.commandLine(),
          "there is no terminal to type a password at; put it into a file and name that with --password-file");
    }
    char[] typed = console.readPassword("Password: ");
    return typed == null || typed.length == 0 ? null : new String(typed);
  }

  private static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static void printPerson(PrintWriter out, String answer) {
    PersonView person = ServerOptions.read(answer, PersonView.class);
    out.println(person.name() + (person.disabled() ? "  (disabled)" : ""));
    out.printf("  password  %s%n", person.hasPassword() ? "set" : "none");
    for (PersonsAccount account : person.accounts()) {
      out.printf("  account   %s, %s%n", account.account(), account.role());
    }
    for (TokenView token : person.tokens()) {
      out.printf("  token     %s%n", words(token));
    }
  }

  private static String words(TokenView token) {
    return "%d %s at most %s%s%s"
        .formatted(
            token.id(),
            token.label().isEmpty() ? "-" : token.label(),
            token.role(),
            token.account() == null ? "" : " of " + token.account(),
            token.expiresAt() == null ? "" : " until " + token.expiresAt());
  }

  /** A command about one person, who is shown afterwards. */
  abstract static class OnPerson extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "PERSON", description = "What they sign in with.")
    String person = "";

    String resource() {
      return "people/" + ServerConnection.segment(person);
    }

    @Override
    void print(PrintWriter out, String answer) {
      printPerson(out, answer);
    }
  }

  /** {@code homeport person add}. */
  @Command(
      name = "add",
      description = {
        "Adds a person; their password is asked for, if there is a terminal.",
        "What they may do, 'homeport account member' says."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport person add ann@example.org --password-file ann.password")
  static final class Add extends OnPerson {
    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "A file with their password, instead of asking for it.")
    private @Nullable Path passwordFile;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post("people", new NewPerson(person, password(spec, passwordFile, true)));
    }

    @Override
    void print(PrintWriter out, String answer) {
      super.print(out, answer);
      if (!ServerOptions.read(answer, PersonView.class).hasPassword()) {
        out.printf(
            "They cannot sign in before they have one: ./homeport person password %s --password-file FILE%n",
            person);
      }
    }
  }

  /** {@code homeport person list}. */
  @Command(
      name = "list",
      description = "Lists the people.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport person list --json")
  static final class ListAll extends RemoteCommand {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("people");
    }

    @Override
    void print(PrintWriter out, String answer) {
      List<PersonView> people = ServerOptions.read(answer, PersonList.class).people();
      if (people.isEmpty()) {
        out.println("No people yet; add one with './homeport person add NAME'.");
        return;
      }
      var table = new TextTable("PERSON", "ACCOUNTS", "TOKENS");
      for (PersonView person : people) {
        table.row(
            person.disabled() ? person.name() + " (disabled)" : person.name(),
            person.accounts().isEmpty()
                ? "-"
                : String.join(
                    ", ",
                    person.accounts().stream()
                        .map(account -> account.account() + " (" + account.role() + ")")
                        .toList()),
            String.valueOf(person.tokens().size()));
      }
      table.print(out);
    }
  }

  /** {@code homeport person show}. */
  @Command(
      name = "show",
      description = "Shows a person with accounts and tokens.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport person show ann@example.org")
  static final class Show extends OnPerson {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get(resource());
    }
  }

  /** {@code homeport person password}. */
  @Command(
      name = "password",
      description = "Gives a person another password, which is asked for.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport person password ann@example.org")
  static final class Password extends OnPerson {
    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "A file with the password, instead of asking for it.")
    private @Nullable Path passwordFile;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.patch(resource(), new PersonChange(password(spec, passwordFile, false), null));
    }
  }

  /** {@code homeport person disable}. */
  @Command(
      name = "disable",
      description = "Makes that a person may do nothing, with password or token, for now.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport person disable ann@example.org")
  static final class Disable extends OnPerson {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.patch(resource(), new PersonChange(null, true));
    }
  }

  /** {@code homeport person enable}. */
  @Command(
      name = "enable",
      description = "Ends that a person is disabled.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport person enable ann@example.org")
  static final class Enable extends OnPerson {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.patch(resource(), new PersonChange(null, false));
    }
  }

  /** {@code homeport person token}. */
  @Command(
      name = "token",
      description = "Makes a token by which a person's programs use the API, and prints it once.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport person token ann@example.org --label laptop --role viewer --days 90")
  static final class Token extends OnPerson {
    @Option(names = "--label", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String label;

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "The most that it may do (default: all that the person may).")
    private @Nullable String role;

    @Option(
        names = "--account",
        paramLabel = "ACCOUNT",
        description = "The only account it is for (default: all of the person's).")
    private @Nullable String account;

    @Option(
        names = "--days",
        paramLabel = "NUMBER",
        description = "How long it is good for (default: for ever).")
    private @Nullable Integer days;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post(resource() + "/tokens", new NewToken(label, role, account, days));
    }

    @Override
    void print(PrintWriter out, String answer) {
      TokenAdded added = ServerOptions.read(answer, TokenAdded.class);
      out.printf("Token %s%n", words(added.token()));
      out.printf("  secret    %s    (shown this once)%n", added.secret());
      out.println(
          "  use       Authorization: Bearer SECRET, or --token-file with a file that holds it");
    }
  }

  /** {@code homeport person remove-token}. */
  @Command(
      name = "remove-token",
      description = "Removes a token: it is worth nothing from now on.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport person remove-token ann@example.org 7")
  static final class RemoveToken extends OnPerson {
    @Parameters(index = "1", paramLabel = "NUMBER", description = "The token's number.")
    private long number;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete(resource() + "/tokens?id=" + number);
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Token %d removed.%n", number);
    }
  }

  /** {@code homeport person remove}. */
  @Command(
      name = "remove",
      description = "Removes a person with all roles and tokens.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport person remove ann@example.org")
  static final class Remove extends OnPerson {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete(resource());
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Person %s removed.%n", person);
    }
  }
}
