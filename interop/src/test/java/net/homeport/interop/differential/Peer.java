package net.homeport.interop.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import net.homeport.interop.differential.ZoneFamily.ZoneSource;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.wire.DnsClient;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;

/** NSD, Knot or BIND as a plain process in a folder of its own, on a free port of the loopback. */
final class Peer implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  /** For an interrupted run: servers outlive their maker. */
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().unstarted(() -> STARTED.forEach(Process::destroyForcibly)));
  }

  private final Kind kind;
  private final Process process;
  private final InetSocketAddress address;
  private final Path log;

  private Peer(Kind kind, Process process, InetSocketAddress address, Path log) {
    this.kind = kind;
    this.process = process;
    this.address = address;
    this.log = log;
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

    private String configuration(Path folder, int port, List<ZoneSource> zones) {
      var text = new StringBuilder();
      text.append(
          switch (this) {
            case NSD ->
                """
                server:
                    server-count: 1
                    ip-address: 127.0.0.1@%2$d
                    rrl-ratelimit: 0
                    rrl-whitelist-ratelimit: 0
                    minimal-responses: yes
                    ipv4-edns-size: 1232
                    tcp-timeout: 120
                    username: ""
                    chroot: ""
                    database: ""
                    zonesdir: "%1$s"
                    pidfile: "%1$s/nsd.pid"
                    xfrdfile: "%1$s/xfrd.state"
                    xfrdir: "%1$s"
                    zonelistfile: "%1$s/zone.list"
                    verbosity: 1
                remote-control:
                    control-enable: no
                """;
            case KNOT ->
                """
                server:
                    rundir: %1$s
                    listen: 127.0.0.1@%2$d
                    udp-workers: 1
                    tcp-workers: 1
                    udp-max-payload: 1232
                    tcp-idle-timeout: 120
                log:
                  - target: stderr
                    any: warning
                database:
                    storage: %1$s
                template:
                  - id: default
                    storage: %1$s
                    semantic-checks: off
                    zonefile-load: whole
                    zonefile-sync: -1
                    journal-content: none
                """;
            case BIND ->
                """
                options {
                    directory "%1$s";
                    pid-file none;
                    listen-on port %2$d { 127.0.0.1; };
                    listen-on-v6 { none; };
                    recursion no;
                    dnssec-validation no;
                    empty-zones-enable no;
                    minimal-responses yes;
                    max-udp-size 1232;
                    edns-udp-size 1232;
                    answer-cookie no;
                    notify no;
                    zero-no-soa-ttl no;
                    check-names primary ignore;
                    check-integrity no;
                    max-records-per-type 0;
                    tcp-idle-timeout 1200;
                    tcp-initial-timeout 1200;
                };
                controls {};
                """;
          });
      String head = text.toString().formatted(folder, port);
      var all = new StringBuilder(head);
      for (ZoneSource zone : zones) {
        Path file = folder.resolve(zone.apex() + ".zone");
        String form =
            switch (this) {
              case NSD -> "zone:\n    name: \"%s\"\n    zonefile: \"%s\"\n";
              case KNOT -> "zone:\n  - domain: %s\n    file: %s\n";
              case BIND -> "zone \"%s\" { type primary; file \"%s\"; };\n";
            };
        all.append(form.formatted(zone.apex(), file));
      }
      return all.toString();
    }
  }

  /** Starts a program with these zones; returns when it answers for each of them. */
  static Peer start(Kind kind, Path folder, List<ZoneSource> zones) {
    try {
      Files.createDirectories(folder);
      int port = freePort();
      for (ZoneSource zone : zones) {
        Files.writeString(folder.resolve(zone.apex() + ".zone"), zone.text());
      }
      Path configuration = folder.resolve("server.conf");
      Files.writeString(configuration, kind.configuration(folder, port, zones));
      Path log = folder.resolve("server.log");
      Process process =
          new ProcessBuilder(
                  Commands.joined(List.of(kind.command.split(" ", -1)), configuration.toString()))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      STARTED.add(process);
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      var peer = new Peer(kind, process, address, log);
      zones.forEach(peer::waitFor);
      return peer;
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

  private void waitFor(ZoneSource zone) {
    var client = new DnsClient(address);
    byte[] soa = Packet.query(zone.apex() + " SOA").octets();
    try {
      Await.until(
          kind + " has " + zone.apex(),
          () -> {
            if (!process.isAlive()) {
              throw new AssertionError("it ended");
            }
            try {
              Reply reply = client.udpOrSilence(soa);
              return reply != null && reply.flags().equals("qr aa") && reply.answer().size() == 1;
            } catch (UncheckedIOException _) {
              return false;
            }
          });
    } catch (AssertionError e) {
      close();
      throw new AssertionError(
          "%s did not load %s:%n%s%n%s".formatted(kind, zone.apex(), log(), zone.text()), e);
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  Kind kind() {
    return kind;
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    STARTED.remove(process);
  }
}
