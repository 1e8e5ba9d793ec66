package net.homeport.interop.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;

/** NSD, Knot or BIND as the primary of one zone, which a key may transfer and update. */
final class PrimaryServer implements AutoCloseable {
  static final String KEY = "transfer-key.test";
  static final String SECRET = "c2VjcmV0IG9mIHRoZSB0ZXN0cyBvbmx5LCAzMiBvY3Q=";

  private static final long STOP_SECONDS = 10;

  private final Kind kind;
  private final Path folder;
  private final String zone;
  private final int port;
  private Process process;

  private PrimaryServer(Kind kind, Path folder, String zone, int port) throws IOException {
    this.kind = kind;
    this.folder = folder;
    this.zone = zone;
    this.port = port;
    this.process = launched();
  }

  /** Which program. */
  enum Kind {
    NSD("/usr/sbin/nsd -d -c"),
    KNOT("/usr/sbin/knotd -c"),
    BIND("/usr/sbin/named -g -c");

    private final String command;

    Kind(String command) {
      this.command = command;
    }

    private String configuration() {
      return switch (this) {
        case NSD ->
            """
            server:
                server-count: 1
                ip-address: 127.0.0.1@%2$d
                username: ""
                chroot: ""
                database: ""
                zonesdir: "%1$s"
                pidfile: "%1$s/nsd.pid"
                xfrdfile: "%1$s/xfrd.state"
                xfrdir: "%1$s"
                zonelistfile: "%1$s/zone.list"
            remote-control:
                control-enable: no
            key:
                name: "%4$s"
                algorithm: hmac-sha256
                secret: "%5$s"
            zone:
                name: "%3$s"
                zonefile: "%3$s.zone"
                provide-xfr: 127.0.0.1 %4$s
                notify: 127.0.0.1@%6$d %4$s
                store-ixfr: yes
                create-ixfr: yes
            """;
        case KNOT ->
            """
            server:
                rundir: %1$s
                listen: 127.0.0.1@%2$d
                udp-workers: 1
                tcp-workers: 1
            log:
              - target: stderr
                any: info
            database:
                storage: %1$s
            key:
              - id: %4$s
                algorithm: hmac-sha256
                secret: %5$s
            remote:
              - id: homeport
                address: 127.0.0.1@%6$d
                key: %4$s
            acl:
              - id: key
                key: %4$s
                action: [transfer, update]
            zone:
              - domain: %3$s
                storage: %1$s
                file: %3$s.zone
                notify: homeport
                acl: key
                zonefile-load: difference
                zonefile-sync: -1
                journal-content: changes
            """;
        case BIND ->
            """
            key "%4$s" { algorithm hmac-sha256; secret "%5$s"; };
            options {
                directory "%1$s";
                pid-file none;
                session-keyfile none;
                listen-on port %2$d { 127.0.0.1; };
                listen-on-v6 { none; };
                recursion no;
                dnssec-validation no;
                empty-zones-enable no;
                notify-delay 0;
            };
            controls {};
            zone "%3$s" {
                type primary;
                file "%3$s.zone";
                allow-transfer { key "%4$s"; };
                allow-update { key "%4$s"; };
                notify explicit;
                also-notify { 127.0.0.1 port %6$d key "%4$s"; };
            };
            """;
      };
    }
  }

  /** Starts it; returns when it answers for the zone. */
  static PrimaryServer start(Kind kind, Path folder, String zone, String text, int secondary) {
    try {
      Files.createDirectories(folder);
      int port = freePort();
      Files.writeString(folder.resolve(zone + ".zone"), text);
      Files.writeString(
          folder.resolve("server.conf"),
          kind.configuration().formatted(folder, port, zone, KEY, SECRET, secondary));
      return new PrimaryServer(kind, folder, zone, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    while (true) {
      try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          var udp = new DatagramSocket(null)) {
        udp.bind(tcp.getLocalSocketAddress());
        return tcp.getLocalPort();
      } catch (java.net.BindException _) {
        // Taken for UDP; another one then.
      }
    }
  }

  private Process launched() throws IOException {
    Process launched =
        new ProcessBuilder(
                Commands.joined(
                    List.of(kind.command.split(" ", -1)), folder.resolve("server.conf").toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(launched::destroyForcibly));
    process = launched;
    Await.until(kind + " has " + zone, () -> dig("SOA", "+short").contains(" "));
    return launched;
  }

  String dig(String type, String... more) {
    return Commands.run(
            Commands.joined(
                List.of("dig", "@127.0.0.1", "-p", Integer.toString(port), zone, type), more))
        .output();
  }

  /** The zone as dig transfers it: sorted, without the second SOA. */
  List<String> content() {
    String key = "hmac-sha256:%s:%s".formatted(KEY, SECRET);
    return ZoneLinesText.sorted(dig("AXFR", "-y", key, "+noall", "+answer", "+onesoa"));
  }

  /** Changes the zone by the way of this program. */
  void change(String text, String nsupdate) {
    try {
      if (kind == Kind.NSD) {
        Files.writeString(folder.resolve(zone + ".zone"), text);
        Commands.run("kill", "-HUP", Long.toString(process.pid())).succeeded();
      } else {
        Path script = folder.resolve("update.txt");
        Files.writeString(
            script, "server 127.0.0.1 %d%nzone %s%n%ssend%n".formatted(port, zone, nsupdate));
        Commands.run(
                "nsupdate", "-y", "hmac-sha256:%s:%s".formatted(KEY, SECRET), script.toString())
            .succeeded();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  String log() {
    try {
      return Files.readString(folder.resolve("server.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again, on its port. */
  void startAgain() {
    try {
      process = launched();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
