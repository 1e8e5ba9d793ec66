package net.homeport.app.command;

import java.io.Console;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import net.homeport.app.assembly.ProgramVersion;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.assembly.StartException;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.config.ConfigurationFile;
import net.homeport.app.config.ServeSettings;
import net.homeport.app.config.SocketAddressText;
import net.homeport.app.config.TlsSettings;
import net.homeport.nameserver.certificate.CertificateFiles;
import net.homeport.web.api.ApiModel.CertificateView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeport serve}. */
@Command(
    name = "serve",
    description = "Serves DNS and the web until it is told to stop (Ctrl-C, SIGTERM).",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport serve",
      "  ./homeport serve --data /var/lib/homeport --dns 192.0.2.53:53 --dns [2001:db8::53]:53 \\",
      "                   --web 127.0.0.1:8053 --trusted-proxy 127.0.0.1",
      "  ./homeport serve --dot 192.0.2.53:853 --https 192.0.2.53:443 \\",
      "                   --tls-certificate fullchain.pem --tls-key privkey.pem",
      "  ./homeport serve --config homeport.toml",
      "",
      "The configuration file holds the same settings:",
      "  data = \"/var/lib/homeport\"",
      "  dns = [\"192.0.2.53:53\", \"[2001:db8::53]:53\"]",
      "  web = [\"127.0.0.1:8053\"]",
      "  trusted-proxy = [\"127.0.0.1\"]",
      "  dot = [\"192.0.2.53:853\"]",
      "  https = [\"192.0.2.53:443\"]",
      "  tls-certificate = \"/etc/letsencrypt/live/ns1.example.org/fullchain.pem\"",
      "  tls-key = \"/etc/letsencrypt/live/ns1.example.org/privkey.pem\"",
      "  udp-workers = 2",
    })
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for everything kept (default: ./homeport-data).")
  private @Nullable Path data;

  @Option(
      names = "--dns",
      paramLabel = "ADDRESS:PORT",
      description =
          "Where to serve DNS, by UDP and TCP; repeatable; port 0 takes a free one (default: 127.0.0.1:5300).")
  private List<String> dns = new ArrayList<>();

  @Option(
      names = "--web",
      paramLabel = "ADDRESS:PORT",
      description =
          "Where to serve HTTP; repeatable; port 0 takes a free one (default: 127.0.0.1:8053).")
  private List<String> web = new ArrayList<>();

  @Option(
      names = "--dot",
      paramLabel = "ADDRESS:PORT",
      description =
          "Where to serve DNS over TLS, as a rule on port 853; repeatable (default: nowhere).")
  private List<String> dot = new ArrayList<>();

  @Option(
      names = "--https",
      paramLabel = "ADDRESS:PORT",
      description =
          "Where to serve the web within TLS, with DNS over HTTPS at /dns-query, as a rule on port 443; repeatable (default: nowhere).")
  private List<String> https = new ArrayList<>();

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description =
          "PEM file with the certificate and its chain for --dot and --https; read again when it changes (default: a self-signed one is made).")
  private @Nullable Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM file with the certificate's key, without a pass phrase.")
  private @Nullable Path tlsKey;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "NETWORK",
      description =
          "A proxy, such as 127.0.0.1 or 10.0.0.0/8, whose X-Forwarded-For is believed; repeatable (default: none).")
  private List<String> trustedProxies = new ArrayList<>();

  @Option(
      names = "--gnudip",
      paramLabel = "ADDRESS:PORT",
      description =
          "Where to speak GnuDIP, for old routers, as a rule on port 3495, and with it at /gnudip/cgi-bin/gdipupdt.cgi of the web; repeatable (default: nowhere).")
  private List<String> gnuDip = new ArrayList<>();

  @Option(
      names = "--freedns-logins",
      description =
          "Take FreeDNS's logins by SHA-1 of user name and signing secret at /api/?action=getdyndns, for inadyn and ddclient; weak (default: no).")
  private boolean freeDnsLogins;

  @Option(
      names = "--udp-workers",
      paramLabel = "N",
      description = "Threads that answer UDP on each address (default: half the processors).")
  private @Nullable Integer udpWorkers;

  @Option(
      names = "--history-megabytes",
      paramLabel = "N",
      description =
          "How much of the past changes of each zone to keep, at most; 0 keeps the last million commits whatever they take (default: 1024).")
  private @Nullable Integer historyMegabytes;

  @Mixin private NameServerFlags nameServer = new NameServerFlags();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A TOML file with these settings; flags win over it.")
  private @Nullable Path config;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws ConfigurationException, StartException, InterruptedException {
    long began = System.nanoTime();
    ServeSettings settings = settings();
    RunningServer server = RunningServer.start(settings);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> {
                  server.close();
                  stopped.countDown();
                }));
    print(settings, server, System.nanoTime() - began);
    stopped.await();
    return ExitCode.DONE;
  }

  private ServeSettings settings() throws ConfigurationException {
    Path configuration = config;
    ConfigurationFile file =
        configuration == null ? ConfigurationFile.none() : ConfigurationFile.read(configuration);
    Path folder = data;
    if (folder == null) {
      folder = file.text("data").map(Path::of).orElse(ServeSettings.DEFAULT_DATA);
    }
    return new ServeSettings(
        folder,
        addresses("dns", dns, file, List.of(ServeSettings.DEFAULT_DNS)),
        addresses("web", web, file, List.of(ServeSettings.DEFAULT_WEB)),
        NameServerFlags.networks(
            "trusted-proxy",
            trustedProxies.isEmpty() ? file.texts("trusted-proxy") : trustedProxies),
        tls(file),
        workers(udpWorkers == null ? file.number("udp-workers") : Optional.of(udpWorkers)),
        nameServer.options(file),
        addresses("gnudip", gnuDip, file, List.of()),
        freeDnsLogins || file.flag("freedns-logins").orElse(false),
        NameServerFlags.number(
            "history-megabytes",
            historyMegabytes,
            file,
            ServeSettings.HISTORY_MEGABYTES_DEFAULT,
            ServeSettings.HISTORY_MEGABYTES_MAX));
  }

  private TlsSettings tls(ConfigurationFile file) throws ConfigurationException {
    Optional<Path> certificate = path("tls-certificate", tlsCertificate, file);
    Optional<Path> key = path("tls-key", tlsKey, file);
    if (certificate.isPresent() != key.isPresent()) {
      throw new ConfigurationException(
          "tls-certificate and tls-key: one is given without the other");
    }
    var tls =
        new TlsSettings(
            addresses("dot", dot, file, List.of()),
            addresses("https", https, file, List.of()),
            certificate.map(path -> new CertificateFiles(path, key.orElseThrow())));
    if (certificate.isPresent() && !tls.isWanted()) {
      throw new ConfigurationException(
          "tls-certificate: nothing is served with it; say where, by --dot ADDRESS:853 or --https ADDRESS:443");
    }
    return tls;
  }

  private static Optional<Path> path(String setting, @Nullable Path flag, ConfigurationFile file)
      throws ConfigurationException {
    return flag == null ? file.text(setting).map(Path::of) : Optional.of(flag);
  }

  private static List<InetSocketAddress> addresses(
      String setting, List<String> flags, ConfigurationFile file, List<String> otherwise)
      throws ConfigurationException {
    List<String> texts = flags.isEmpty() ? file.texts(setting) : flags;
    var addresses = new ArrayList<InetSocketAddress>();
    for (String text : texts.isEmpty() ? otherwise : texts) {
      addresses.add(SocketAddressText.parse(setting, text));
    }
    return addresses;
  }

  private static int workers(Optional<Integer> wanted) throws ConfigurationException {
    int workers = wanted.orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    if (workers < 1 || workers > ServeSettings.UDP_WORKERS_MAX) {
      throw new ConfigurationException(
          "udp-workers: %d is not within 1..%d".formatted(workers, ServeSettings.UDP_WORKERS_MAX));
    }
    return workers;
  }

  private void print(ServeSettings settings, RunningServer server, long nanos) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Homeport %s is ready after %.2f s: %d zones, %d hosts, kept in %s%n",
        ProgramVersion.text(),
        nanos / 1e9,
        server.zoneCount(),
        server.hostCount(),
        settings.data().toAbsolutePath().normalize());
    out.printf("  DNS  %s  (UDP and TCP)%n", String.join("  ", server.dnsAddresses()));
    if (!server.stunAddresses().isEmpty()) {
      out.printf("  STUN %s  (UDP)%n", String.join("  ", server.stunAddresses()));
    }
    if (!server.dotAddresses().isEmpty()) {
      out.printf("  DoT  %s%n", String.join("  ", server.dotAddresses()));
    }
    out.printf("  web  %s%n", String.join("  ", server.webUrls()));
    if (!server.gnuDipAddresses().isEmpty()) {
      out.printf("  GnuDIP  %s%n", String.join("  ", server.gnuDipAddresses()));
    }
    CertificateView certificate = server.certificate();
    if (certificate != null) {
      out.printf("  TLS  %s%n", CertificateWords.of(certificate));
    }
    server
        .newToken()
        .ifPresent(token -> out.println("  " + tokenWords(token, settings.data(), isTerminal())));
    out.printf("next:  %s%n", nextCommand(settings, server));
    out.flush();
  }

  /** What is not a terminal may be the system's journal, which others read. */
  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  static String tokenWords(String token, Path data, boolean terminal) {
    return terminal
        ? "administrator token, shown this once:  " + token
        : "administrator token:  in the file %s"
            .formatted(data.resolve("administrator.token").toAbsolutePath().normalize());
  }

  private static String nextCommand(ServeSettings settings, RunningServer server) {
    String command =
        server.zoneCount() == 0
            ? "zone add dyn.example.org"
            : server.hostCount() == 0 ? "host add branch1.ZONE" : "host list";
    boolean usual = settings.data().equals(ServeSettings.DEFAULT_DATA);
    return "./homeport " + command + (usual ? "" : " --data " + settings.data());
  }
}
