package net.homeport.interop.requestor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;

/** Debian's pebble: a certificate authority that asks one DNS server for its challenges. */
final class AcmeAuthority implements AutoCloseable {
  private final Process process;
  private final Path certificate;
  private final int port;

  private AcmeAuthority(Process process, Path certificate, int port) {
    this.process = process;
    this.certificate = certificate;
    this.port = port;
  }

  /** Starts one that asks this server. */
  static AcmeAuthority start(Path folder, String dns) {
    Path certificate = folder.resolve("pebble.pem");
    Path key = folder.resolve("pebble.key");
    Commands.run(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-addext",
            "basicConstraints=critical,CA:TRUE",
            "-keyout",
            key.toString(),
            "-out",
            certificate.toString())
        .succeeded();
    int port = freePort();
    String configuration =
        """
        { "pebble": { "listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
          "certificate": "%s", "privateKey": "%s", "httpPort": 5002, "tlsPort": 5001,
          "ocspResponderURL": "", "externalAccountBindingRequired": false } }
        """
            .formatted(port, freePort(), certificate, key);
    try {
      Path file = Files.writeString(folder.resolve("pebble.json"), configuration);
      var builder =
          new ProcessBuilder("pebble", "-config", file.toString(), "-dnsserver", dns)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("pebble.log").toFile());
      // Otherwise it sleeps and rejects at random, to try its clients' patience.
      builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
      builder.environment().put("PEBBLE_WFE_NONCEREJECT", "0");
      var authority = new AcmeAuthority(builder.start(), certificate, port);
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().unstarted(authority.process::destroyForcibly));
      Await.until("pebble answers", authority::listens);
      return authority;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      if (!process.isAlive()) {
        throw new AssertionError("pebble ended with " + process.exitValue());
      }
      return false;
    }
  }

  /** Where clients begin. */
  String directory() {
    return "https://127.0.0.1:" + port + "/dir";
  }

  /** The certificate by which clients trust it. */
  Path certificate() {
    return certificate;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
