package net.homeport.app.command;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport zone export}. */
@Command(
    name = "export",
    description =
        "Writes a zone as a zone file in canonical order, which 'zone import' and other name servers read.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport zone export dyn.example.org --output dyn.example.org.zone",
      "  ./homeport zone export dyn.example.org | grep -w MX",
    })
final class ZoneExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ZONE", description = "The zone's name.")
  private String zone = "";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "The file to write, in place of one that exists; it appears when it is whole (default: standard output).")
  private @Nullable Path output;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException {
    if (options.json() && output == null) {
      throw new ConfigurationException(
          "--json: the zone file is text; with --output FILE it tells how much was written");
    }
    try (var server = options.connect()) {
      Path file = output;
      if (file == null) {
        // Not by the writer of messages: a zone file is octets.
        download(server, System.out);
      } else {
        tell(file, save(server, file));
      }
      return ExitCode.DONE;
    }
  }

  private void tell(Path file, long octets) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(ServerOptions.write(new Exported(zone, file.toString(), octets)));
    } else {
      out.printf("Zone %s written to %s, %d octets.%n", zone, file, octets);
    }
    out.flush();
  }

  private long save(ServerConnection server, Path file)
      throws RemoteException, ConfigurationException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Path part = Files.createTempFile(folder, ".homeport-", ".part");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
          download(server, out);
        }
        long octets = Files.size(part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return octets;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new ConfigurationException("--output: cannot write %s: %s".formatted(file, e));
    }
  }

  private void download(ServerConnection server, OutputStream out) throws RemoteException {
    try (var progress = new ProgressLine(spec.commandLine().getErr(), "receiving", 0)) {
      server.getText(
          "zones/" + ServerConnection.segment(zone) + "/text",
          new FilterOutputStream(out) {
            private long done;

            @Override
            public void write(byte[] octets, int from, int length) throws IOException {
              out.write(octets, from, length);
              done += length;
              progress.accept(done);
            }

            @Override
            public void close() throws IOException {
              out.flush();
            }
          });
    }
  }

  /**
   * What was written.
   *
   * @param octets of the file
   */
  @io.avaje.jsonb.Json
  record Exported(String zone, String file, long octets) {}
}
