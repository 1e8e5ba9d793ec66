package net.homeport.interop.secondary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;

/** A name server of another brand as a process of its own, on a free port of the loopback. */
public final class Secondary implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  private final Kind kind;
  private final int port;
  private final Path folder;
  private Process process;

  private Secondary(Kind kind, int port, Path folder) {
    this.kind = kind;
    this.port = port;
    this.folder = folder;
    this.process = launch();
  }

  /** Which program, and what its configuration needs beside what Homeport prints. */
  public enum Kind {
    /** Knot DNS. */
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
        acl:
          - id: whole
            address: 127.0.0.1
            action: transfer
        template:
          - id: default
            storage: %1$s
        """),
    /** NSD. */
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
    /** BIND. */
    BIND(
        "/usr/sbin/named -g -c",
        """
        options {
            directory "%1$s";
            pid-file none;
            listen-on port %2$d { 127.0.0.1; };
            listen-on-v6 { none; };
            recursion no;
            allow-transfer { 127.0.0.1; };
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

    /** What was printed, and leave to fetch the whole zone (the last one), to compare it. */
    private String openedForTransfers(String printed) {
      return switch (this) {
        case KNOT ->
            printed.replace("    acl: homeport-notify", "    acl: [homeport-notify, whole]");
        case NSD -> printed.replaceAll("(?m)^zone:$", "zone:\n  provide-xfr: 127.0.0.1 NOKEY");
        case BIND -> printed;
      };
    }
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return tcp.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a secondary to a server, and starts it with what the server prints for it.
   *
   * @param key the name of a key that the server has, and its secret
   */
  public static Secondary addTo(
      HomeportProcess server, Kind kind, Path folder, String key, String secret) {
    int port = freePort();
    String address = "127.0.0.1:" + port;
    String printed =
        server
            .command(
                "secondary",
                "add",
                kind.name(),
                "--address",
                address,
                "--key",
                key,
                "--all-zones",
                "--for",
                kind.name())
            .succeeded()
            .out();
    String pasted =
        printed
            .substring(printed.indexOf("\n\n") + 2, printed.indexOf("\n\nPut the secret") + 1)
            .replace("SECRET_OF_THE_KEY", secret);
    return start(kind, folder, port, pasted);
  }

  /** Starts it with what was printed for it. */
  static Secondary start(Kind kind, Path folder, int port, String printed) {
    return start(kind, folder, port, printed, "");
  }

  /** Starts it with what was printed for it, and for its options. */
  static Secondary start(Kind kind, Path folder, int port, String printed, String options) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("server.conf"),
          kind.head.formatted(folder, port, options) + kind.openedForTransfers(printed));
      return new Secondary(kind, port, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() {
    try {
      String configuration = folder.resolve("server.conf").toString();
      return new ProcessBuilder(
              Commands.joined(List.of(kind.command.split(" ", -1)), configuration))
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(folder.resolve("server.log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it serves DNS, on the loopback. */
  public int port() {
    return port;
  }

  /** Ends it, with its files left as they are, and starts it again. */
  void restart(boolean byKill) {
    if (byKill) {
      // NSD is several processes.
      List<ProcessHandle> all = process.descendants().toList();
      process.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
      process.onExit().join();
      all.forEach(one -> one.onExit().join());
    } else {
      close();
    }
    process = launch();
  }

  /** All it said. */
  public String log() {
    try {
      return kind + ":\n" + Files.readString(folder.resolve("server.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What it answers, one line a record. */
  public String answer(String name, String type) {
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
