package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.AccountModel.AccountChange;
import net.homeport.web.api.AccountModel.AccountList;
import net.homeport.web.api.AccountModel.AccountView;
import net.homeport.web.api.AccountModel.GrantView;
import net.homeport.web.api.AccountModel.MemberView;
import net.homeport.web.api.AccountModel.NewAccount;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport account}. */
@Command(
    name = "account",
    description =
        "Adds, lists, changes and removes accounts: organisations that have hosts, their members, and the names they may have.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      AccountCommand.Add.class,
      AccountCommand.ListAll.class,
      AccountCommand.Show.class,
      AccountCommand.Limit.class,
      AccountCommand.Suspend.class,
      AccountCommand.Resume.class,
      AccountCommand.Grant.class,
      AccountCommand.Revoke.class,
      AccountCommand.Member.class,
      AccountCommand.RemoveMember.class,
      AccountCommand.Remove.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport account add 'Example Ltd' --hosts-max 300",
      "  ./homeport account grant 'Example Ltd' branches.dyn.example.org",
      "  ./homeport account member 'Example Ltd' ann@example.org --role owner",
    })
final class AccountCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do with accounts: add, list, show, limit, suspend, resume, grant, revoke, member, remove-member or remove");
  }

  private static void printAccount(PrintWriter out, String answer) {
    AccountView account = ServerOptions.read(answer, AccountView.class);
    out.println(account.name() + (account.suspended() ? "  (suspended)" : ""));
    Long hosts = account.hosts();
    out.printf(
        "  hosts     %s%s%n",
        hosts == null ? "all that are nobody else's" : hosts.toString(),
        account.hostsMax() == null ? "" : " of at most " + account.hostsMax());
    out.printf(
        "  names     %s%n",
        account.names().isEmpty() ? "none granted" : String.join("  ", account.names()));
    for (MemberView member : account.members()) {
      out.printf("  member    %s, %s%n", member.person(), member.role());
    }
  }

  /** A command about one account, which is shown afterwards. */
  abstract static class OnAccount extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's name.")
    String account = "";

    String resource() {
      return "accounts/" + ServerConnection.segment(account);
    }

    @Override
    void print(PrintWriter out, String answer) {
      printAccount(out, answer);
    }
  }

  /** {@code homeport account add}. */
  @Command(
      name = "add",
      description = "Adds an account; it may have no host before a name is granted to it.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account add 'Example Ltd' --hosts-max 300")
  static final class Add extends OnAccount {
    @Option(
        names = "--hosts-max",
        paramLabel = "NUMBER",
        description = "How many hosts it may have (default: any number).")
    private @Nullable Integer hostsMax;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post("accounts", new NewAccount(account, hostsMax));
    }
  }

  /** {@code homeport account list}. */
  @Command(
      name = "list",
      description = "Lists the accounts.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account list --json")
  static final class ListAll extends RemoteCommand {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("accounts");
    }

    @Override
    void print(PrintWriter out, String answer) {
      List<AccountView> accounts = ServerOptions.read(answer, AccountList.class).accounts();
      var table = new TextTable("ACCOUNT", "HOSTS", "AT MOST", "MEMBERS", "NAMES");
      for (AccountView account : accounts) {
        table.row(
            account.suspended() ? account.name() + " (suspended)" : account.name(),
            account.hosts() == null ? "-" : account.hosts().toString(),
            account.hostsMax() == null ? "-" : account.hostsMax().toString(),
            String.valueOf(account.members().size()),
            account.names().isEmpty() ? "-" : String.join(" ", account.names()));
      }
      table.print(out);
    }
  }

  /** {@code homeport account show}. */
  @Command(
      name = "show",
      description = "Shows an account with its members and the names it may have.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account show 'Example Ltd'")
  static final class Show extends OnAccount {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get(resource());
    }
  }

  /** {@code homeport account limit}. */
  @Command(
      name = "limit",
      description = "Sets how many hosts an account may have; those it has stay.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account limit 'Example Ltd' 500")
  static final class Limit extends OnAccount {
    @Parameters(index = "1", paramLabel = "NUMBER", description = "How many.")
    private int hostsMax;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.patch(resource(), new AccountChange(hostsMax, null));
    }
  }

  /** {@code homeport account suspend}. */
  @Command(
      name = "suspend",
      description =
          "Makes that the members of an account may do nothing; its hosts stay, and their devices go on.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account suspend 'Example Ltd'")
  static final class Suspend extends OnAccount {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.patch(resource(), new AccountChange(null, true));
    }
  }

  /** {@code homeport account resume}. */
  @Command(
      name = "resume",
      description = "Ends that an account is suspended.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account resume 'Example Ltd'")
  static final class Resume extends OnAccount {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.patch(resource(), new AccountChange(null, false));
    }
  }

  /** {@code homeport account grant}. */
  @Command(
      name = "grant",
      description = "Lets an account have hosts at a name and below.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account grant 'Example Ltd' branches.dyn.example.org")
  static final class Grant extends OnAccount {
    @Parameters(index = "1", paramLabel = "NAME", description = "A zone, or a name within one.")
    private String name = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post(resource() + "/names", new GrantView(name));
    }
  }

  /** {@code homeport account revoke}. */
  @Command(
      name = "revoke",
      description = "Ends a grant; hosts that exist stay.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account revoke 'Example Ltd' branches.dyn.example.org")
  static final class Revoke extends OnAccount {
    @Parameters(index = "1", paramLabel = "NAME", description = "The name of the grant.")
    private String name = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete(resource() + "/names?name=" + ServerConnection.segment(name));
    }
  }

  /** {@code homeport account member}. */
  @Command(
      name = "member",
      description = "Makes a person a member of an account, or changes the role of a member.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account member 'Example Ltd' ann@example.org --role operator")
  static final class Member extends OnAccount {
    @Parameters(index = "1", paramLabel = "PERSON", description = "The person's name.")
    private String person = "";

    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        description =
            "viewer sees hosts; operator adds, changes and removes them; administrator decides about credentials and members; owner also about administrators.")
    private String role = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.put(resource() + "/members", new MemberView(person, role));
    }
  }

  /** {@code homeport account remove-member}. */
  @Command(
      name = "remove-member",
      description = "Makes that a person is no member of an account any more.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account remove-member 'Example Ltd' ann@example.org")
  static final class RemoveMember extends OnAccount {
    @Parameters(index = "1", paramLabel = "PERSON", description = "The person's name.")
    private String person = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete(resource() + "/members?person=" + ServerConnection.segment(person));
    }
  }

  /** {@code homeport account remove}. */
  @Command(
      name = "remove",
      description = "Removes an account that has no hosts.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport account remove 'Example Ltd'")
  static final class Remove extends OnAccount {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete(resource());
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Account %s removed.%n", account);
    }
  }
}
