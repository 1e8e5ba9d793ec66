package net.homeport.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An authority of tests' own, and a certificate by it, both made by openssl. */
public final class Certificates {
  private final Path folder;
  private final String name;

  private Certificates(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /** Makes both, of new keys, the certificate for a DNS name and 127.0.0.1. */
  public static Certificates make(Path folder, String name) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("leaf.ext"),
          "subjectAltName=DNS:%s,IP:127.0.0.1%nextendedKeyUsage=serverAuth%n".formatted(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var made = new Certificates(folder, name);
    made.openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=Authority -keyout ca.key -out ca.pem");
    made.openssl(
        "req -newkey rsa:2048 -nodes -subj /CN=" + name + " -keyout key.pem -out leaf.csr");
    made.openssl(
        "x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -set_serial 2 -days 30 -extfile leaf.ext -out cert.pem");
    return made;
  }

  private String openssl(String words) {
    return Commands.in(folder, Commands.joined(List.of("openssl"), words.split(" ", -1)))
        .succeeded()
        .out();
  }

  /** The DNS name that the certificate is for. */
  public String name() {
    return name;
  }

  /** The authority's certificate. */
  public Path authority() {
    return folder.resolve("ca.pem");
  }

  /** The certificate. */
  public Path certificate() {
    return folder.resolve("cert.pem");
  }

  /** Its key. */
  public Path key() {
    return folder.resolve("key.pem");
  }

  /** SHA-256 of the certificate's public key in Base64, as openssl sees it. */
  public String pin() {
    return Commands.in(
            folder,
            List.of(
                "sh",
                "-c",
                "openssl x509 -in cert.pem -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64"))
        .succeeded()
        .out()
        .strip();
  }
}
