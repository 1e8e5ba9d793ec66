package net.homeport.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.store.folder.DataFolder;
import net.homeport.store.folder.DataFolderException;
import net.homeport.store.sqlite.SqliteCheck;
import net.homeport.web.api.CheckModel.CheckView;
import net.homeport.web.api.CheckModel.FindingView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code homeport check}. */
@Command(
    name = "check",
    description = {
      "Checks that all stored data is whole: of the server that runs, or in a data folder on which none runs.",
      "Writes nothing to the database. Exit code 0: all is whole; 1: something is wrong, with what to do."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport check",
      "  ./homeport check --data /var/lib/homeport --json",
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException, DataFolderException {
    CheckView view = options.namesServer() ? online() : ofFolder(options.data());
    print(spec.commandLine().getOut(), view);
    return view.clean() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private CheckView online() throws RemoteException {
    try (ServerConnection server = options.connect()) {
      return ServerOptions.read(server.get("check"), CheckView.class);
    }
  }

  private CheckView ofFolder(Path data)
      throws RemoteException, ConfigurationException, DataFolderException {
    // Before the folder is opened, which would make it.
    Path database = DataFolder.databaseIn(data);
    if (!Files.exists(database)) {
      throw new ConfigurationException(
          "there is no database %s; say where the data folder is with --data DIR"
              .formatted(database.toAbsolutePath().normalize()));
    }
    // A note may be of a server that was killed: the lock is what tells whether one runs.
    try (DataFolder folder = DataFolder.open(data)) {
      return CheckView.of(SqliteCheck.file(folder.database()));
    } catch (DataFolderException e) {
      if (ServerConnection.note(data).isPresent()) {
        return online();
      }
      throw e;
    } catch (IOException e) {
      throw new ConfigurationException("cannot use the data folder %s: %s".formatted(data, e));
    }
  }

  private void print(PrintWriter out, CheckView view) {
    if (options.json()) {
      out.println(ServerOptions.write(view));
    } else {
      for (FindingView finding : view.findings()) {
        out.printf("%s: %s%n  next:  %s%n", finding.where(), finding.what(), finding.action());
      }
      if (view.omitted() > 0) {
        out.printf("and %d more.%n", view.omitted());
      }
      out.printf(
          "%s: %d zones, %d names, %d changesets, %d hosts, %d credentials, %d keys.%n",
          view.clean()
              ? "All is whole"
              : "%d findings".formatted(view.findings().size() + view.omitted()),
          view.zones(),
          view.names(),
          view.changesets(),
          view.hosts(),
          view.credentials(),
          view.keys());
    }
    out.flush();
  }
}
