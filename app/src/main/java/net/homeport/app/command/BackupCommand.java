package net.homeport.app.command;

import io.avaje.jsonb.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.store.backup.Backup;
import net.homeport.store.backup.BackupContent;
import net.homeport.store.backup.BackupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport backup}. */
@Command(
    name = "backup",
    description = {
      "Writes all that the running server keeps to one file, while it serves.",
      "The file holds the server's key and its administrator's token: keep it as safe as these."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport backup /backup/homeport-monday.zip",
      "  ./homeport backup --verify /backup/homeport-monday.zip",
    })
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The file to write, in place of one that exists.")
  private Path file = Path.of("");

  @Option(
      names = "--verify",
      description = "Write nothing; read FILE and compare it with its checksums.")
  private boolean verify;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException, BackupException {
    BackupContent content = verify ? Backup.verify(file) : written();
    PrintWriter out = spec.commandLine().getOut();
    print(out, options.json(), verify ? "verified" : "written", file, content);
    return ExitCode.DONE;
  }

  /** A backup that appears when it is whole, is on disk, and was read again. */
  private BackupContent written() throws RemoteException, ConfigurationException, BackupException {
    try (ServerConnection server = options.connect()) {
      Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".homeport-", ".part");
      try {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
            OutputStream out = Channels.newOutputStream(channel)) {
          server.getText("backup", out);
          channel.force(true);
        }
        BackupContent content = Backup.verify(part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return content;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new ConfigurationException("cannot write %s: %s".formatted(file, e));
    }
  }

  static void print(PrintWriter out, boolean json, String done, Path path, BackupContent content) {
    List<ZoneSerialView> zones =
        content.zones().stream()
            .map(zone -> new ZoneSerialView(zone.name(), zone.serial()))
            .toList();
    if (json) {
      out.println(
          ServerOptions.write(
              new BackupView(
                  path.toString(), content.created().toString(), content.hosts(), zones)));
    } else {
      out.printf(
          "Backup of %s %s: %s, %d zones, %d hosts.%n",
          content.created(), done, path, zones.size(), content.hosts());
      zones.forEach(zone -> out.printf("  %s  serial %d%n", zone.name(), zone.serial()));
    }
    out.flush();
  }

  /** A zone and its serial in the backup. */
  @Json
  record ZoneSerialView(String name, long serial) {}

  /** What a backup holds; the path is that of the file, or of the folder it was restored to. */
  @Json
  record BackupView(String path, String created, int hosts, List<ZoneSerialView> zones) {}
}
