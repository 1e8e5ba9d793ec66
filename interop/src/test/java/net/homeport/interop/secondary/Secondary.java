package net.homeport.interop.secondary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.homeport.interop.harness.Commands;

/** A name server of another brand as a process of its own, on a free port of the loopback. */
final class Secondary implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  private final Kind kind;
  private final int port;
  private final Process process;
  private final Path log;

  private Secondary(Kind kind, int port, Process process, Path log) {
    this.kind = kind;
    this.port = port;
    this.process = process;
    this.log = log;
  }

  /** Which program, and what its configuration needs beside what Homeport prints. */
  enum Kind {
    KNOT(
        "/usr/sbin/knotd -c",
        """
        server:
            rundir: %1$s
            listen: 127.0.0.1@%2$d
        log:
          - target: stderr
            any: info
        database:
            storage: %1$s
        template:
          - id: default
            storage: %1$s
        """),
    NSD(
        "/usr/sbin/nsd -d -c",
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
            verbosity: 2
            xfrd-reload-timeout: 0
        remote-control:
            control-enable: no
        """),
    BIND(
        "/usr/sbin/named -g -c",
        """
        options {
            directory "%1$s";
            pid-file none;
            listen-on port %2$d { 127.0.0.1; };
            listen-on-v6 { none; };
            recursion no;
            dnssec-validation no;
            empty-zones-enable no;
            notify no;
        %3$s};
        controls {};
        """);

    private final String command;
    private final String head;

    Kind(String command, String head) {
      this.command = command;
      this.head = head;
    }
  }

  static int freePort() {
    try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return tcp.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it with what was printed for it. */
  static Secondary start(Kind kind, Path folder, int port, String printed) {
    return start(kind, folder, port, printed, "");
  }

  /** Starts it with what was printed for it, and for its options. */
  static Secondary start(Kind kind, Path folder, int port, String printed, String options) {
    try {
      Files.createDirectories(folder);
      Path configuration = folder.resolve("server.conf");
      Files.writeString(configuration, kind.head.formatted(folder, port, options) + printed);
      Path log = folder.resolve("server.log");
      Process process =
          new ProcessBuilder(
                  Commands.joined(List.of(kind.command.split(" ", -1)), configuration.toString()))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new Secondary(kind, port, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String log() {
    try {
      return kind + ":\n" + Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What it answers, one line a record. */
  String answer(String name, String type) {
    return Commands.run(
            "dig",
            "@127.0.0.1",
            "-p",
            String.valueOf(port),
            "+short",
            "+tries=1",
            "+time=2",
            name,
            type)
        .out()
        .strip();
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
  }
}
