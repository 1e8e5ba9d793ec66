package net.homeport.nameserver.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Certificates for 127.0.0.1, of our own make. */
public final class TestCertificates {

  private TestCertificates() {}

  /** Writes a new one, of which nobody knows yet, over those that lie in these files. */
  public static CertificateFiles write(Path folder, Instant now) {
    var made =
        SelfSignedCertificate.create(
            List.of("localhost"),
            List.of(InetAddress.ofLiteral("127.0.0.1")),
            now,
            new SecureRandom());
    var files = new CertificateFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    try {
      Files.writeString(files.certificate(), made.certificate());
      Files.writeString(files.key(), made.key());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
