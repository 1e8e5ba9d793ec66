package net.homeport.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.ZoneImported;
import net.homeport.zone.text.ZoneTextException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport zone import}. */
@Command(
    name = "import",
    description =
        "Makes a zone's static records those of a zone file, all or nothing; addresses of hosts stay.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport zone import example.net example.net.zone --dry-run",
      "  ./homeport zone import example.net example.net.zone",
    })
final class ZoneImportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ZONE", description = "The zone's name.")
  private String zone = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "A zone file (RFC 1035 section 5).")
  private Path file = Path.of("");

  @Option(names = "--dry-run", description = "Only tell what would change.")
  private boolean dryRun;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException, ZoneTextException {
    var upload = ZoneUpload.read("FILE", zone, file, spec.commandLine().getErr());
    try (var server = options.connect()) {
      String resource = "zones/" + ServerConnection.segment(zone) + "/text";
      String answer =
          dryRun ? upload.put(server, resource, "dry-run=true") : upload.put(server, resource);
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.print(answer);
      } else {
        print(out, ServerOptions.read(answer, ZoneImported.class));
      }
      out.flush();
      return ExitCode.DONE;
    }
  }

  private void print(PrintWriter out, ZoneImported done) {
    if (!done.changed()) {
      out.printf(
          "Zone %s is like that already, serial %d; nothing changed.%n",
          done.name(), done.serial());
    } else {
      out.printf(
          "Zone %s: %d names added, %d changed, %d removed%s.%n",
          done.name(),
          done.namesAdded(),
          done.namesChanged(),
          done.namesRemoved(),
          dryRun ? " if it is imported; nothing was" : ", serial " + done.serial());
    }
    if (done.hostRecordsKept() > 0) {
      out.printf(
          "%d address records of hosts %s in place of the file's.%n",
          done.hostRecordsKept(), dryRun ? "would stay" : "stayed");
    }
  }
}
