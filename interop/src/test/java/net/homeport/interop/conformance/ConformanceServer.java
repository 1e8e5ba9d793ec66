package net.homeport.interop.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.wire.DnsClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One server with the zones of this package's resources, for all tests that share it. */
final class ConformanceServer implements BeforeAllCallback {
  private static final List<String> ZONES =
      List.of("conf.test", "child.conf.test", "example", "dnapex.test", "z", "x");

  private static @Nullable Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(ConformanceServer.class))
            .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
  }

  private static Running running() {
    return Objects.requireNonNull(running);
  }

  /** The server. */
  static HomeportProcess process() {
    return running().process;
  }

  /** A client of its DNS. */
  static DnsClient client() {
    return running().client;
  }

  /** This port of the loopback. */
  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** A server, and its end when the last test has run. */
  private record Running(Path folder, HomeportProcess process, DnsClient client)
      implements AutoCloseable {
    static Running start() {
      try {
        Path folder = Files.createTempDirectory("conformance");
        HomeportProcess process =
            HomeportProcess.on(folder.resolve("data")).with("--identity", "conf-1").start();
        for (String zone : ZONES) {
          Path file = folder.resolve(zone + ".zone");
          try (InputStream text = ConformanceServer.class.getResourceAsStream(zone + ".zone")) {
            Files.copy(Objects.requireNonNull(text, zone), file);
          }
          process.command("zone", "add", zone, "--file", file.toString()).succeeded();
        }
        return new Running(folder, process, new DnsClient(loopback(process.dnsPort())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      process.close();
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
