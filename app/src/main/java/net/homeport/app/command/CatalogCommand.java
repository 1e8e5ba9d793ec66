package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.CatalogModel.CatalogList;
import net.homeport.web.api.CatalogModel.CatalogView;
import net.homeport.web.api.CatalogModel.NewCatalog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport catalog}. */
@Command(
    name = "catalog",
    description =
        "Adds, lists and removes catalog zones (RFC 9432): they list the zones of this server, so that secondaries get a new one by themselves.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      CatalogCommand.Add.class,
      CatalogCommand.ListAll.class,
      CatalogCommand.Remove.class
    },
    footerHeading = "%nExample:%n",
    footer = "  ./homeport catalog add catalog.example.org")
final class CatalogCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with catalogs: add, list or remove");
  }

  /** {@code homeport catalog add}. */
  @Command(
      name = "add",
      description =
          "Adds a catalog zone, which lists all zones of which this server is the primary; 'homeport secondary config' then prints how a secondary uses it.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport catalog add catalog.example.org",
        "  ./homeport catalog add catalog.example.org --except private.example.org",
      })
  static final class Add extends RemoteCommand {
    @Parameters(
        paramLabel = "NAME",
        description = "The name of the catalog zone; nobody but secondaries asks for it.")
    private String name = "";

    @Option(
        names = "--except",
        paramLabel = "ZONE",
        description = "A zone that it does not list; may be repeated.")
    private @Nullable List<String> except;

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post("catalogs", new NewCatalog(name, except));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf(
          "Catalog %s added; './homeport secondary config NAME' prints what to paste at a secondary.%n",
          ServerOptions.read(answer, CatalogView.class).name());
    }
  }

  /** {@code homeport catalog list}. */
  @Command(
      name = "list",
      description = "Lists the catalog zones, and the zones that each lists.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport catalog list --json")
  static final class ListAll extends RemoteCommand {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("catalogs");
    }

    @Override
    void print(PrintWriter out, String answer) {
      print(out, ServerOptions.read(answer, CatalogList.class).catalogs());
    }

    private static void print(PrintWriter out, List<CatalogView> catalogs) {
      if (catalogs.isEmpty()) {
        out.println("No catalogs yet; add one with './homeport catalog add NAME'.");
        return;
      }
      var table = new TextTable("CATALOG", "SERIAL", "ZONES", "EXCEPT");
      for (CatalogView catalog : catalogs) {
        table.row(
            catalog.name(),
            String.valueOf(catalog.serial()),
            String.valueOf(catalog.members().size()),
            catalog.except().isEmpty() ? "-" : String.join(" ", catalog.except()));
      }
      table.print(out);
    }
  }

  /** {@code homeport catalog remove}. */
  @Command(
      name = "remove",
      description = {
        "Removes a catalog zone; the zones that it lists stay here.",
        "A secondary keeps what it has of the catalog until its configuration says otherwise."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport catalog remove catalog.example.org")
  static final class Remove extends RemoteCommand {
    @Parameters(paramLabel = "NAME", description = "The catalog zone.")
    private String name = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete("catalogs/" + ServerConnection.segment(name));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Catalog %s removed.%n", name);
    }
  }
}
