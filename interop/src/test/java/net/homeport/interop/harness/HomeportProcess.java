package net.homeport.interop.harness;

import static net.homeport.interop.harness.Commands.joined;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own, started by the launcher as users start it. The launcher becomes
 * the JVM (exec), so signals reach the program itself.
 */
public final class HomeportProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  /** The exit code of a process that was ended by SIGKILL. */
  public static final int KILLED = 128 + 9;

  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Path LAUNCHER =
      Path.of(System.getProperty("interop.homeport", "../homeport")).toAbsolutePath().normalize();

  /** For an interrupted run: servers outlive their maker. */
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().unstarted(() -> STARTED.forEach(Process::destroyForcibly)));
  }

  private final List<String> prefix;
  private final Path data;
  private final Path log;
  private final Process process;
  private final Duration startTime;
  private final String web;
  private final String dns;

  private HomeportProcess(
      Builder builder, Path log, Process process, Duration startTime, Map<?, ?> note) {
    this.prefix = List.copyOf(builder.prefix);
    this.data = builder.data;
    this.log = log;
    this.process = process;
    this.startTime = startTime;
    this.web = Json.texts(note, "web").getFirst();
    this.dns = Json.texts(note, "dns").getFirst();
  }

  /**
   * How to start a server on this data folder; on free ports of the loopback unless told otherwise.
   */
  public static Builder on(Path data) {
    return new Builder(data);
  }

  /** A server on this data folder and free ports of the loopback. */
  public static HomeportProcess start(Path data) {
    return on(data).start();
  }

  /** What to start, and where. */
  public static final class Builder {
    private final Path data;
    private final List<String> flags = new ArrayList<>();
    private List<String> prefix = List.of();
    private String dns = "127.0.0.1:0";
    private String web = "127.0.0.1:0";
    private Map<String, String> environment = Map.of();

    private Builder(Path data) {
      this.data = data;
    }

    /** Runs the launcher by this command, such as {@code ip netns exec NAME}. */
    public Builder by(List<String> command) {
      prefix = command;
      return this;
    }

    /** More variables of the environment. */
    public Builder environment(Map<String, String> variables) {
      environment = Map.copyOf(variables);
      return this;
    }

    /** Where to serve DNS. */
    public Builder dns(String addressAndPort) {
      dns = addressAndPort;
      return this;
    }

    /** Where to serve the web. */
    public Builder web(String addressAndPort) {
      web = addressAndPort;
      return this;
    }

    /** More flags. */
    public Builder with(String... more) {
      flags.addAll(List.of(more));
      return this;
    }

    private List<String> command() {
      var command =
          joined(
              prefix,
              LAUNCHER.toString(),
              "serve",
              "--data",
              data.toString(),
              "--dns",
              dns,
              "--web",
              web);
      command.addAll(flags);
      return command;
    }

    /** Starts a server that is expected to refuse to run; waits for its end. */
    public Commands.Result startInVain() {
      return Commands.run(command());
    }

    /** Starts the server and waits until it is ready. */
    public HomeportProcess start() {
      HomeportProcess server = startUnlessKilled();
      if (server == null) {
        throw new AssertionError("the server was killed before it was ready");
      }
      return server;
    }

    /** Starts the server and waits until it is ready; null if SIGKILL came first. */
    public @Nullable HomeportProcess startUnlessKilled() {
      try {
        Path log = Files.createTempFile("homeport", ".log");
        long began = System.nanoTime();
        var builder =
            new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        STARTED.add(process);
        Map<?, ?> note = waitUntilReady(process, log);
        if (note == null) {
          STARTED.remove(process);
          Files.delete(log);
          return null;
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        return new HomeportProcess(this, log, process, took, note);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The note; empty while it is none, such as what a power cut left of an older one. */
    private static Map<?, ?> note(Path file) throws IOException {
      try {
        return Json.object(Files.readString(file));
      } catch (CharacterCodingException | RuntimeException _) {
        return Map.of();
      }
    }

    /** The note of a server that was killed may still lie there: only this process's own counts. */
    private @Nullable Map<?, ?> waitUntilReady(Process process, Path log) throws IOException {
      Path file = data.resolve("running.json");
      long end = System.nanoTime() + START.toNanos();
      while (process.isAlive() && System.nanoTime() < end) {
        if (Files.exists(file)) {
          Map<?, ?> note = note(file);
          boolean ours = note.get("pid") instanceof Number pid && pid.longValue() == process.pid();
          // The note comes first, then the lines for people, of which this is the last.
          if (ours && Files.readString(log).contains("\nnext:  ")) {
            return note;
          }
        }
        Await.pause(Duration.ofMillis(5));
      }
      if (!process.isAlive() && process.exitValue() == KILLED) {
        return null;
      }
      process.destroyForcibly();
      throw new AssertionError("the server did not start:\n" + Files.readString(log));
    }
  }

  /** Path of the launcher. */
  public static Path launcher() {
    return LAUNCHER;
  }

  /** From the launcher's start until the server was ready. */
  public Duration startTime() {
    return startTime;
  }

  /** The server's process. */
  public long pid() {
    return process.pid();
  }

  /** Its data folder. */
  public Path data() {
    return data;
  }

  /** Its first URL, without the slash at the end. */
  public String web() {
    return web.substring(0, web.length() - 1);
  }

  /** Where it serves the web. */
  public InetSocketAddress webAddress() {
    URI uri = URI.create(web);
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  /** Where it serves DNS, as {@code ADDRESS:PORT}. */
  public String dnsText() {
    return dns;
  }

  /** The port of DNS. */
  public int dnsPort() {
    return Integer.parseInt(dns.substring(dns.lastIndexOf(':') + 1));
  }

  /** Questions to it. */
  public Dns dns() {
    return new Dns(new InetSocketAddress(dns.substring(0, dns.lastIndexOf(':')), dnsPort()));
  }

  /** Runs a command against it, such as {@code zone list}. */
  public Commands.Result command(String... arguments) {
    var command = joined(prefix, LAUNCHER.toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    return Commands.run(command);
  }

  /** Runs a command that must succeed and print JSON; returns the object. */
  public Map<?, ?> json(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return Json.object(command(all.toArray(String[]::new)).succeeded().out());
  }

  /** Adds a zone. */
  public void addZone(String zone) {
    command("zone", "add", zone).succeeded();
  }

  /** Hosts change as often as a test likes: no device that works does. */
  public void unlimitChanges() {
    command("policy", "set", "change-budget", "unlimited").succeeded();
  }

  /** Adds a host; returns what was printed for its device. */
  public Recipe addHost(String host) {
    return Recipe.of(command("host", "add", host).succeeded().out());
  }

  /** All it printed so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGTERM; does not wait. */
  public void askToStop() {
    process.destroy();
  }

  /** SIGTERM, and waits for the end; returns the exit code. */
  public int stop() {
    askToStop();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        String text = output();
        kill();
        throw new AssertionError("the server did not stop on SIGTERM:\n" + text);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
    STARTED.remove(process);
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
