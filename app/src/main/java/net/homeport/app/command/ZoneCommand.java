package net.homeport.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.NewZone;
import net.homeport.web.api.ApiModel.ZoneList;
import net.homeport.web.api.ApiModel.ZoneView;
import net.homeport.zone.text.ZoneTextException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport zone}. */
@Command(
    name = "zone",
    description =
        "Adds, lists, shows and removes zones of the running server; reads and writes zone files.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      ZoneCommand.Add.class,
      ZoneImportCommand.class,
      ZoneExportCommand.class,
      ZoneCheckCommand.class,
      ZoneDanglingCommand.class,
      ZoneCommand.ListAll.class,
      ZoneCommand.Show.class,
      ZoneSetCommand.class,
      ZoneRefreshCommand.class,
      ZoneRefreshCommand.Retransfer.class,
      ZoneCommand.Remove.class
    },
    footerHeading = "%nExample:%n",
    footer = "  ./homeport zone add dyn.example.org")
final class ZoneCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do with zones: add, import, export, check, dangling, list, show, set,"
            + " refresh, retransfer or remove");
  }

  /** {@code homeport zone add}. */
  @Command(
      name = "add",
      description =
          "Adds a zone: empty, with the static records of a zone file, or as a copy of another server's.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport zone add dyn.example.org",
        "  ./homeport zone add dyn.example.org --name-server ns1.example.org",
        "  ./homeport zone add example.net --file example.net.zone",
        "  ./homeport zone add example.com --primary 192.0.2.1 --key transfer.example.com",
        "  ./homeport zone add example.com --primary 192.0.2.1:8853 --primary [2001:db8::1]:8853 --tls",
      })
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "ZONE", description = "The zone's name, such as dyn.example.org.")
    private String zone = "";

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "A zone file (RFC 1035 section 5); all of it is taken, or nothing.")
    private @Nullable Path file;

    @Option(
        names = "--name-server",
        paramLabel = "NAME",
        description = "The name server's name, for the NS and SOA records (default: ns1.ZONE).")
    private @Nullable String nameServer;

    @Mixin private PrimaryFlags primary = new PrimaryFlags();
    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException, ConfigurationException, ZoneTextException {
      if (primary.isGiven()) {
        return addSecondary();
      }
      if (zone.equals(".")) {
        throw new ConfigurationException(
            "'.' is the root zone, which is not served here; add one of your own, such as dyn.example.org");
      }
      ZoneUpload upload = upload();
      try (var server = options.connect()) {
        String answer =
            upload == null
                ? server.post("zones", new NewZone(zone, nameServer))
                : upload.put(server, "zones/" + ServerConnection.segment(zone));
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
          out.print(answer);
        } else {
          ZoneView added = ServerOptions.read(answer, ZoneView.class);
          out.printf(
              "Zone %s added, serial %d, %d names.%n", added.name(), added.serial(), added.names());
          out.printf("next:  ./homeport host add branch1.%s%s%n", added.name(), options.dataFlag());
        }
        out.flush();
        return ExitCode.DONE;
      }
    }

    private Integer addSecondary() throws RemoteException, ConfigurationException {
      if (file != null || nameServer != null) {
        throw new ConfigurationException(
            "--primary: the zone is copied from there; leave out --file and --name-server");
      }
      try (var server = options.connect()) {
        String answer =
            server.put("zones/" + ServerConnection.segment(zone) + "/secondary", primary.wanted());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
          out.print(answer);
        } else {
          ZoneView added = ServerOptions.read(answer, ZoneView.class);
          out.printf("Zone %s added as a copy.%n", added.name());
          ZoneLines.printSecondary(out, added);
        }
        out.flush();
        return ExitCode.DONE;
      }
    }

    private @Nullable ZoneUpload upload() throws ConfigurationException, ZoneTextException {
      Path path = file;
      if (path == null) {
        return null;
      }
      if (nameServer != null) {
        throw new ConfigurationException(
            "--name-server: the zone file names the name servers; give one of the two flags");
      }
      return ZoneUpload.read("--file", zone, path, spec.commandLine().getErr());
    }
  }

  /** {@code homeport zone list}. */
  @Command(
      name = "list",
      description = "Lists the zones.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport zone list --json")
  static final class ListAll extends RemoteCommand {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("zones");
    }

    @Override
    void print(PrintWriter out, String answer) {
      List<ZoneView> zones = ServerOptions.read(answer, ZoneList.class).zones();
      if (zones.isEmpty()) {
        out.println("No zones yet; add one with './homeport zone add dyn.example.org'.");
      } else {
        ZoneLines.print(out, zones);
      }
    }
  }

  /** {@code homeport zone show}. */
  @Command(
      name = "show",
      description = "Shows a zone.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport zone show dyn.example.org")
  static final class Show extends RemoteCommand {
    @Parameters(paramLabel = "ZONE", description = "The zone's name.")
    private String zone = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("zones/" + ServerConnection.segment(zone));
    }

    @Override
    void print(PrintWriter out, String answer) {
      ZoneView view = ServerOptions.read(answer, ZoneView.class);
      ZoneLines.print(out, List.of(view));
      ZoneLines.printSecondary(out, view);
    }
  }

  /** {@code homeport zone remove}. */
  @Command(
      name = "remove",
      description = "Removes a zone with all its names; refused while hosts live in it.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport zone remove dyn.example.org")
  static final class Remove extends RemoteCommand {
    @Parameters(paramLabel = "ZONE", description = "The zone's name.")
    private String zone = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete("zones/" + ServerConnection.segment(zone));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Zone %s removed.%n", zone);
    }
  }
}
