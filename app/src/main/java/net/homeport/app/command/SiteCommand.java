package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.SiteModel.HostChange;
import net.homeport.web.api.SiteModel.NewReport;
import net.homeport.web.api.SiteModel.NewSite;
import net.homeport.web.api.SiteModel.SiteList;
import net.homeport.web.api.SiteModel.SiteSummary;
import net.homeport.web.api.SiteModel.SourceChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport site}. */
@Command(
    name = "site",
    description =
        "Sites: networks behind one router, whose report changes the addresses of all their hosts at once.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      SiteCommand.Add.class,
      SiteCommand.ListAll.class,
      SiteCommand.Show.class,
      SiteCommand.Source.class,
      SiteCommand.HostPlan.class,
      SiteUplinkCommand.class,
      SitePolicyCommand.class,
      SiteCommand.Report.class,
      SiteCommand.Remove.class
    },
    footerHeading = "%nExample: a router with a prefix, and two hosts in its network:%n",
    footer = {
      "  ./homeport site add branch7",
      "  ./homeport site source branch7 wan4 --reporter gw7.dyn.example.org",
      "  ./homeport site source branch7 lan --reporter gw7.dyn.example.org",
      "  ./homeport site host branch7 nas7.dyn.example.org --ipv4 wan4 --ipv6 lan+::10",
      "  ./homeport site host branch7 cam7.dyn.example.org --ipv6 lan/3+mac:00:11:22:33:44:55",
    })
final class SiteCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do with sites: add, list, show, source, host, uplink, policy, report or remove");
  }

  static String resource(String site, String... steps) {
    String path = "sites/" + ServerConnection.segment(site);
    return steps.length == 0 ? path : path + "/" + String.join("/", steps);
  }

  /** Posts a change of a site, and prints the site as it is then. */
  static int post(ServerOptions options, CommandSpec spec, String site, String step, Object change)
      throws RemoteException {
    try (var connection = options.connect()) {
      return SiteReportText.print(
          connection.post(resource(site, step), change), options, spec.commandLine().getOut());
    }
  }

  /** {@code homeport site add}. */
  @Command(
      name = "add",
      description = "Adds a site.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport site add branch7")
  static final class Add extends RemoteCommand {
    @Parameters(paramLabel = "SITE", description = "What to call it.")
    private String site = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.post("sites", new NewSite(site));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf(
          "Site %s added. Next: say what its router reports, with './homeport site source %s lan --reporter HOST%s'.%n",
          site, site, options.dataFlag());
    }
  }

  /** {@code homeport site list}. */
  @Command(
      name = "list",
      description = "Lists the sites with what their sources are.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport site list --json")
  static final class ListAll extends RemoteCommand {
    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.get("sites");
    }

    @Override
    void print(PrintWriter out, String answer) {
      print(out, ServerOptions.read(answer, SiteList.class).sites());
    }

    private static void print(PrintWriter out, List<SiteSummary> sites) {
      if (sites.isEmpty()) {
        out.println("No sites yet; add one with './homeport site add NAME'.");
        return;
      }
      var table = new TextTable("SITE", "HOSTS", "SOURCES", "UPLINKS IN USE");
      for (SiteSummary site : sites) {
        List<String> values =
            site.values().stream().map(value -> value.source() + " " + value.value()).toList();
        table.row(
            site.name(),
            String.valueOf(site.hosts()),
            values.isEmpty() ? "-" : String.join(", ", values),
            site.uplinksInUse().isEmpty() ? "-" : String.join(", ", site.uplinksInUse()));
      }
      table.print(out);
    }
  }

  /** {@code homeport site show}. */
  @Command(
      name = "show",
      description =
          "Shows a site: its sources and what they are, its uplinks, and its hosts with their plans and addresses.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport site show branch7")
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException {
      try (var connection = options.connect()) {
        return SiteReportText.print(
            connection.get(resource(site)), options, spec.commandLine().getOut());
      }
    }
  }

  /** {@code homeport site source}. */
  @Command(
      name = "source",
      description = {
        "Adds or changes an address source of a site: an address or network that its router reports.",
        "wan4 and wan6 take the IPv4 and IPv6 address of a report, others the network of their own name."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport site source branch7 lan --reporter gw7.dyn.example.org",
        "  ./homeport site source branch7 lan --reporter pc7.dyn.example.org --takes ipv6 --length 64",
        "  ./homeport site source branch7 guest --remove",
      })
  static final class Source implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Parameters(index = "1", paramLabel = "SOURCE", description = "Such as wan4, lan or guest.")
    private String source = "";

    @Option(
        names = "--reporter",
        paramLabel = "HOST",
        description =
            "The host whose reports speak for it; without one the administrator does (site report).")
    private @Nullable String reporter;

    @Option(
        names = "--takes",
        paramLabel = "INPUT",
        description = "What of a report it takes: ipv4, ipv6, or the name a network has there.")
    private @Nullable String takes;

    @Option(
        names = "--length",
        paramLabel = "BITS",
        description =
            "Prefix length to take of what is reported: 64 makes an address into its network.")
    private @Nullable Integer length;

    @Option(names = "--remove", description = "Remove it instead.")
    private boolean remove;

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException {
      return post(
          options,
          spec,
          site,
          "sources",
          new SourceChange(source, reporter, takes, length, remove));
    }
  }

  /** {@code homeport site host}. */
  @Command(
      name = "host",
      description = {
        "Makes a host one of a site, or changes where its addresses come from. A plan is one of:",
        "  reported                     its own reports, as without a site",
        "  192.0.2.1                    always this address",
        "  wan4                         what the source is",
        "  lan+::10                     the prefix of the source, then this suffix",
        "  lan+mac:00:11:22:33:44:55    the prefix, then what SLAAC makes of the MAC address",
        "  lan/3+::10                   subnet 3 of the prefix, then this suffix",
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport site host branch7 nas7.dyn.example.org --ipv4 wan4 --ipv6 lan+::10",
        "  ./homeport site host branch7 nas7.dyn.example.org --leave",
      })
  static final class HostPlan implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Parameters(index = "1", paramLabel = "HOST", description = "A host of this server.")
    private String host = "";

    @Option(
        names = "--ipv4",
        paramLabel = "PLAN",
        description = "Where its IPv4 address comes from.")
    private @Nullable String ipv4;

    @Option(
        names = "--ipv6",
        paramLabel = "PLAN",
        description = "Where its IPv6 address comes from.")
    private @Nullable String ipv6;

    @Option(
        names = "--leave",
        description = "Take it out of the site; it keeps the addresses it has.")
    private boolean leave;

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException {
      return post(options, spec, site, "hosts", new HostChange(host, ipv4, ipv6, leave));
    }
  }

  /** {@code homeport site report}. */
  @Command(
      name = "report",
      description = "Says by hand what sources of a site are, and publishes what follows.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport site report branch7 lan=2001:db8:1:200::/56 wan4=198.51.100.7",
        "  ./homeport site report branch7 wan6=-",
      })
  static final class Report implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "SOURCE=VALUE",
        description = "An address or network; '-' if it has none any more.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(
        names = "--uplink",
        paramLabel = "NAME",
        description = "Of which connection, if the site has several.")
    private @Nullable String uplink;

    @Mixin private ServerOptions options = new ServerOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RemoteException {
      return post(options, spec, site, "report", new NewReport(uplink, values));
    }
  }

  /** {@code homeport site remove}. */
  @Command(
      name = "remove",
      description = "Removes a site; its hosts stay, with the addresses they have.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport site remove branch7")
  static final class Remove extends RemoteCommand {
    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Override
    String ask(ServerConnection server) throws RemoteException {
      return server.delete(resource(site));
    }

    @Override
    void print(PrintWriter out, String answer) {
      out.printf("Site %s removed; its hosts stay.%n", site);
    }
  }
}
