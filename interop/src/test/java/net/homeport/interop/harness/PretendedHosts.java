package net.homeport.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands in for services whose names are built into clients: those that run by it find them at an
 * address of this machine, with a certificate of a name each.
 */
public final class PretendedHosts {
  /** A loopback address whose port 443 nobody else has. */
  public static final String ADDRESS = "127.77.0.1";

  private final Path hosts;
  private final Path certificate;
  private final Path key;

  private PretendedHosts(Path hosts, Path certificate, Path key) {
    this.hosts = hosts;
    this.certificate = certificate;
    this.key = key;
  }

  /** Prepares for these names. */
  public static PretendedHosts of(Path folder, String... names) {
    Root.require();
    Path certificate = folder.resolve("pretended.pem");
    Path key = folder.resolve("pretended.key");
    var subjects = new ArrayList<String>(List.of("IP:" + ADDRESS));
    List.of(names).forEach(name -> subjects.add("DNS:" + name));
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
            "/CN=pretended",
            "-addext",
            "subjectAltName=" + String.join(",", subjects),
            "-addext",
            "basicConstraints=critical,CA:TRUE",
            "-keyout",
            key.toString(),
            "-out",
            certificate.toString())
        .succeeded();
    try {
      Path hosts =
          Files.writeString(
              folder.resolve("pretended.hosts"),
              "127.0.0.1 localhost\n" + ADDRESS + " " + String.join(" ", names) + "\n");
      return new PretendedHosts(hosts, certificate, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Flags for the server that stands in. */
  public String[] serverFlags() {
    return new String[] {
      "--https",
      ADDRESS + ":443",
      "--tls-certificate",
      certificate.toString(),
      "--tls-key",
      key.toString()
    };
  }

  /** What clients have to trust. */
  public Path certificate() {
    return certificate;
  }

  /** The command that runs another with these names. */
  public List<String> by() {
    return List.of(
        "unshare",
        "-m",
        "sh",
        "-c",
        "mount --bind \"$0\" /etc/hosts && exec \"$@\"",
        hosts.toString());
  }
}
