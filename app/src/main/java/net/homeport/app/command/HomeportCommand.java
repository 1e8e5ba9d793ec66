package net.homeport.app.command;

import java.io.PrintWriter;
import net.homeport.app.assembly.ProgramVersion;
import net.homeport.app.assembly.StartException;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.store.backup.BackupException;
import net.homeport.store.folder.DataFolderException;
import net.homeport.store.sqlite.SqliteStoreException;
import net.homeport.zone.text.ZoneTextException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code homeport}: the root of all commands. */
@Command(
    name = "homeport",
    description = "Keeps a name pointing at a moving address: a complete Dynamic DNS system.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = HomeportCommand.Version.class,
    subcommands = {
      ServeCommand.class,
      ZoneCommand.class,
      HostCommand.class,
      AccountCommand.class,
      PersonCommand.class,
      SiteCommand.class,
      LivenessCommand.class,
      TruthCommand.class,
      SecondaryCommand.class,
      CatalogCommand.class,
      KeyCommand.class,
      CredentialCommand.class,
      AcmeDnsCommand.class,
      PolicyCommand.class,
      AlarmsCommand.class,
      ExplainCommand.class,
      HistoryCommand.class,
      DiffCommand.class,
      RollbackCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      CheckCommand.class,
      StatusCommand.class,
      AgentCommand.class,
      DemoCommand.class,
      CompletionCommand.class,
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport serve                                  serve DNS and the web on this machine",
      "  ./homeport zone add dyn.example.org               add a zone to the running server",
      "  ./homeport host add branch1.dyn.example.org       add a host, show its credential",
      "  ./homeport demo                                   see it all in half a minute",
      "",
      "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 no server reachable.",
    })
public final class HomeportCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  /** The command line, ready to execute. */
  public static CommandLine commandLine() {
    var line = new CommandLine(new HomeportCommand());
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(HomeportCommand::explainUsage);
    line.setExecutionExceptionHandler(HomeportCommand::explainFailure);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say which command; 'homeport --help' lists them");
  }

  private static int explainUsage(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("homeport: " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("'" + line.getCommandSpec().qualifiedName() + " --help' shows how it is used.");
    }
    return ExitCode.USAGE;
  }

  private static int explainFailure(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    line.getErr().println("homeport: " + e.getMessage());
    return switch (e) {
      case ConfigurationException _ -> ExitCode.USAGE;
      case StartException _,
          BackupException _,
          DataFolderException _,
          SqliteStoreException _,
          ZoneTextException _ ->
          ExitCode.FAILED;
      case RemoteException remote ->
          switch (remote.kind()) {
            case REFUSED -> ExitCode.FAILED;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
          };
      default -> {
        line.getErr().println("This is a defect of Homeport; please report it with these lines:");
        e.printStackTrace(line.getErr());
        yield ExitCode.FAILED;
      }
    };
  }

  /** {@code homeport --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Homeport " + ProgramVersion.text() + ", Java " + Runtime.version()};
    }
  }

  /** The bash script that completes commands and flags. */
  static String completionScript() {
    return AutoComplete.bash("homeport", commandLine());
  }
}
