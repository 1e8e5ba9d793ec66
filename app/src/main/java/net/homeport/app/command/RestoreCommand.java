package net.homeport.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.config.ServeSettings;
import net.homeport.store.backup.Backup;
import net.homeport.store.backup.BackupContent;
import net.homeport.store.backup.BackupException;
import net.homeport.store.folder.DataFolderException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport restore}. */
@Command(
    name = "restore",
    description = {
      "Makes a data folder of a backup, for 'homeport serve' to start on.",
      "Serials are raised, for secondaries may have seen later ones than the backup has."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport restore /backup/homeport-monday.zip --data /var/lib/homeport",
      "  ./homeport restore /backup/homeport-monday.zip --data try --raise-serials 0",
    })
final class RestoreCommand implements Callable<Integer> {
  private static final long RAISE = 1_000_000;
  private static final long RAISE_MAX = (1L << 31) - 1;

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder to make (default: ./homeport-data); it must be empty.")
  private Path data = ServeSettings.DEFAULT_DATA;

  @Option(names = "--force", description = "Replace what is in the folder.")
  private boolean force;

  @Option(
      names = "--raise-serials",
      paramLabel = "COUNT",
      description =
          "By how much each zone's serial is raised (default: 1000000): more than changes were made since the backup, or secondaries take the zone for old. 0 leaves them.")
  private long raiseSerials = RAISE;

  @Option(names = "--json", description = "Print JSON for programs.")
  private boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws BackupException, DataFolderException, ConfigurationException {
    if (raiseSerials < 0 || raiseSerials > RAISE_MAX) {
      throw new ConfigurationException(
          "--raise-serials: %d is not between 0 and %d (RFC 1982)"
              .formatted(raiseSerials, RAISE_MAX));
    }
    BackupContent content = Backup.restore(file, data, force, raiseSerials, Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    BackupCommand.print(out, json, "restored", data, content);
    if (!json) {
      out.printf(
          "Serials are %d greater now.%nnext:  ./homeport serve --data %s%n", raiseSerials, data);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
