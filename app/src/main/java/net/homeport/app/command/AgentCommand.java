package net.homeport.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.agent.AgentConfiguration;
import net.homeport.agent.AgentResult;
import net.homeport.agent.UpdateAgent;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.mirror.StunMirror;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.config.SocketAddressText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport agent}. */
@Command(
    name = "agent",
    description = {
      "Keeps names pointing at this machine: watches its addresses and publishes each change, to",
      "Homeport or to any server that speaks dyndns2."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport agent branch1.dyn.example.org --server https://dyn.example.org \\",
      "                   --password-file branch1.password",
      "  ./homeport agent branch1.dyn.example.org --server https://dyn.example.org \\",
      "                   --password-file branch1.password --checkip --once",
      "  ./homeport agent branch1.dyn.example.org --server https://dyn.example.org \\",
      "                   --password-file branch1.password --whoami whoami.dyn.example.org",
      "",
      "Exit codes with --once: 0 the server has the address, 1 it has not.",
    })
final class AgentCommand implements Callable<Integer> {
  @Parameters(arity = "1..20", paramLabel = "HOST", description = "The names to keep.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "The server that takes the updates.")
  private URI server = URI.create("");

  @Option(
      names = "--username",
      paramLabel = "NAME",
      description = "User name of the credential (default: the first host's name).")
  private @Nullable String username;

  @Option(
      names = "--password-file",
      required = true,
      paramLabel = "FILE",
      description = "A file with the password in its first line; read before each request.")
  private Path passwordFile = Path.of("");

  @Option(
      names = "--interface",
      paramLabel = "NAME",
      description = "Look at this network interface only (default: all that are not virtual).")
  private @Nullable String interfaceName;

  @Option(
      names = "--checkip",
      description =
          "Ask the server which address it sees, instead of reading the interfaces: for a machine behind NAT.")
  private boolean checkip;

  @Option(
      names = "--whoami",
      paramLabel = "NAME",
      description =
          "Ask the zone's name servers for this name, which they answer with the address they see, such as whoami.dyn.example.org.")
  private @Nullable String whoami;

  @Option(
      names = "--stun",
      paramLabel = "HOST[:PORT]",
      description =
          "Ask this STUN server (RFC 8489) which address it sees; repeatable, the first that answers counts (default port: 3478).")
  private List<String> stun = new ArrayList<>();

  @Option(
      names = "--checkip-interval",
      paramLabel = "SECONDS",
      description =
          "With --checkip, --whoami or --stun: how often to ask (default: ${DEFAULT-VALUE}).")
  private int checkipInterval = 60;

  @Option(
      names = "--allow-private",
      description = "Publish addresses too that the Internet cannot reach, such as 10.0.0.1.")
  private boolean allowPrivate;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      description = "ipv4 or ipv6: publish addresses of that family only (default: both).")
  private @Nullable AddressFamily family;

  @Option(
      names = "--dns",
      paramLabel = "ADDRESS:PORT",
      description =
          "DNS server to ask whether it answers the new address, and for --whoami; repeatable (default: those of the zone).")
  private List<String> dns = new ArrayList<>();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Folder in which the intended address survives a restart (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of("homeport-agent");

  @Option(names = "--once", description = "Publish if needed, then end; for timers.")
  private boolean once;

  @Option(names = "--json", description = "Print one JSON object an event, for programs.")
  private boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws ConfigurationException, InterruptedException {
    var events = new AgentReport(spec.commandLine().getOut(), json);
    try (var agent = UpdateAgent.ofThisMachine(configuration(), events)) {
      if (once) {
        AgentResult result = agent.runOnce();
        events.result(result);
        return isDone(result) ? ExitCode.DONE : ExitCode.FAILED;
      }
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(agent::close));
      agent.run();
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new ConfigurationException("--state: cannot use " + state + ": " + e.getMessage());
    }
  }

  private static boolean isDone(AgentResult result) {
    return switch (result) {
      case AgentResult.UpToDate _ -> true;
      case AgentResult.Published published -> published.isAccepted();
      case AgentResult.NoAddress _, AgentResult.Refused _ -> false;
    };
  }

  private AgentConfiguration configuration() throws ConfigurationException {
    var dnsServers = new ArrayList<InetSocketAddress>();
    for (String text : dns) {
      dnsServers.add(SocketAddressText.parse("--dns", text));
    }
    password();
    try {
      String user = username;
      var builder =
          AgentConfiguration.builder(
                  server, hosts, user == null ? hosts.getFirst() : user, this::passwordNow, state)
              .checkipInterval(Duration.ofSeconds(checkipInterval))
              .allowPrivate(allowPrivate)
              .families(families())
              .dnsServers(dnsServers);
      source(builder);
      String only = interfaceName;
      if (only != null) {
        builder.interfaceName(only);
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  private void source(AgentConfiguration.Builder builder) throws ConfigurationException {
    String name = whoami;
    int ways = (checkip ? 1 : 0) + (name == null ? 0 : 1) + (stun.isEmpty() ? 0 : 1);
    if (ways > 1) {
      throw new ConfigurationException(
          "--checkip, --whoami and --stun: give one of them, there is one way to learn the address");
    }
    if (checkip) {
      builder.source(AgentConfiguration.Source.CHECKIP);
    } else if (name != null) {
      builder.whoami(name);
    } else if (!stun.isEmpty()) {
      var servers = new ArrayList<InetSocketAddress>();
      for (String text : stun) {
        servers.add(SocketAddressText.parseHost("--stun", text, StunMirror.PORT));
      }
      builder.stun(servers);
    }
  }

  private EnumSet<AddressFamily> families() {
    AddressFamily only = family;
    return only == null ? EnumSet.allOf(AddressFamily.class) : EnumSet.of(only);
  }

  private String password() throws ConfigurationException {
    try {
      return Files.readString(passwordFile).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new ConfigurationException("--password-file: cannot read " + e.getMessage());
    }
  }

  private String passwordNow() {
    try {
      return password();
    } catch (ConfigurationException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
