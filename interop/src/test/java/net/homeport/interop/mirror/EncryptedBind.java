package net.homeport.interop.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Certificates;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.secondary.Secondary;

/** BIND as the primary of one zone, which goes away within TLS only. */
final class EncryptedBind implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  private final Path folder;
  private final String zone;
  private final int clear;
  private final int port;
  private final Process process;

  private EncryptedBind(Path folder, String zone, int clear, int port, Process process) {
    this.folder = folder;
    this.zone = zone;
    this.clear = clear;
    this.port = port;
    this.process = process;
  }

  /** Starts it; returns when it answers for the zone. */
  static EncryptedBind start(
      Path folder, String zone, String text, Certificates certificates, int secondary) {
    try {
      Files.createDirectories(folder);
      int clear = Secondary.freePort();
      int port = Secondary.freePort();
      Files.writeString(folder.resolve(zone + ".zone"), text);
      Files.writeString(
          folder.resolve("server.conf"),
          """
          key "%4$s" { algorithm hmac-sha256; secret "%5$s"; };
          tls own {
              cert-file "%7$s";
              key-file "%8$s";
              protocols { TLSv1.3; };
          };
          options {
              directory "%1$s";
              pid-file none;
              session-keyfile none;
              listen-on port %2$d { 127.0.0.1; };
              listen-on port %9$d tls own { 127.0.0.1; };
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
              allow-transfer port %9$d transport tls { key "%4$s"; };
              allow-update { key "%4$s"; };
              notify explicit;
              also-notify { 127.0.0.1 port %6$d key "%4$s"; };
          };
          """
              .formatted(
                  folder,
                  clear,
                  zone,
                  PrimaryServer.KEY,
                  PrimaryServer.SECRET,
                  secondary,
                  certificates.certificate(),
                  certificates.key(),
                  port));
      Process process =
          new ProcessBuilder(
                  "/usr/sbin/named", "-g", "-c", folder.resolve("server.conf").toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(folder.resolve("server.log").toFile()))
              .start();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
      var started = new EncryptedBind(folder, zone, clear, port, process);
      try {
        Await.until("BIND has " + zone, () -> started.dig(clear, "SOA", "+short").contains(" "));
      } catch (AssertionError e) {
        started.close();
        throw new AssertionError(e.getMessage() + "\n" + started.log(), e);
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String dig(int to, String type, String... more) {
    return Commands.run(
            Commands.joined(
                List.of("dig", "@127.0.0.1", "-p", Integer.toString(to), zone, type), more))
        .output();
  }

  private static String key() {
    return "hmac-sha256:%s:%s".formatted(PrimaryServer.KEY, PrimaryServer.SECRET);
  }

  /** The zone as dig transfers it within TLS: sorted, without the second SOA. */
  List<String> content() {
    return ZoneLinesText.sorted(
        dig(port, "AXFR", "+tls", "-y", key(), "+noall", "+answer", "+onesoa"));
  }

  /** Changes the zone by a signed update of this line. */
  void update(String line) {
    try {
      Path script = folder.resolve("update.txt");
      Files.writeString(
          script, "server 127.0.0.1 %d%nzone %s%n%s%nsend%n".formatted(clear, zone, line));
      Commands.run("nsupdate", "-y", key(), script.toString()).succeeded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String zone() {
    return zone;
  }

  /** Where it speaks TLS. */
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
