package net.homeport.nameserver.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a certificate and its key lie, as PEM.
 *
 * @param certificate the server's certificate, then those that lead to the authority's, such as
 *     certbot's {@code fullchain.pem}
 * @param key its private key, without a pass phrase; may be the same file
 */
public record CertificateFiles(Path certificate, Path key) {

  private static final int FILE_OCTETS_MAX = 1024 * 1024;

  /**
   * What the files hold, not yet understood.
   *
   * @param certificate text of the certificate file
   * @param key text of the key file
   */
  record Content(String certificate, String key) {}

  /**
   * Reads and checks both.
   *
   * @throws CertificateFileException if they cannot be used
   */
  public ServerCertificate read() throws CertificateFileException {
    return parse(content());
  }

  /** Reads both as they are now. */
  Content content() throws CertificateFileException {
    return new Content(
        text(certificate, "the certificate file", "--tls-certificate"),
        text(key, "the key file", "--tls-key"));
  }

  private static String text(Path file, String what, String flag) throws CertificateFileException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(FILE_OCTETS_MAX + 1);
      if (octets.length > FILE_OCTETS_MAX) {
        throw new CertificateFileException(
            "%s %s is longer than a mebibyte; does %s name the right file?"
                .formatted(what, file, flag));
      }
      return new String(octets, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new CertificateFileException(
          "%s %s does not exist; %s names a PEM file".formatted(what, file, flag), e);
    } catch (AccessDeniedException e) {
      throw new CertificateFileException(
          "%s %s may not be read by the user '%s'; give it read access to the file and its folders"
              .formatted(what, file, System.getProperty("user.name")),
          e);
    } catch (IOException e) {
      throw new CertificateFileException(
          "%s %s cannot be read: %s".formatted(what, file, e.getMessage()), e);
    }
  }

  /** Checks what was read. */
  ServerCertificate parse(Content content) throws CertificateFileException {
    List<X509Certificate> chain = chain(PemText.blocks(certificate, content.certificate()));
    PrivateKey privateKey =
        PrivateKeys.read(key, PemText.blocks(key, content.key()), chain.getFirst().getPublicKey());
    for (int i = 0; i < chain.size(); i++) {
      if (PrivateKeys.belongTogether(privateKey, chain.get(i).getPublicKey())) {
        if (i == 0) {
          return new ServerCertificate(chain, privateKey);
        }
        throw new CertificateFileException(
            "%s begins with a certificate that is not the server's; put certificate %d, %s, first"
                .formatted(certificate, i + 1, chain.get(i).getSubjectX500Principal().getName()));
      }
    }
    throw new CertificateFileException(
        "the key in %s does not belong to the certificate in %s (%s); take both from one folder, or have the certificate issued anew"
            .formatted(key, certificate, chain.getFirst().getSubjectX500Principal().getName()));
  }

  private List<X509Certificate> chain(List<PemText> blocks) throws CertificateFileException {
    var chain = new ArrayList<X509Certificate>();
    for (PemText block : blocks) {
      if (block.label().equals("CERTIFICATE")) {
        try {
          chain.add(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(block.octets())));
        } catch (CertificateException e) {
          throw new CertificateFileException(
              "%s: certificate %d is damaged: %s"
                  .formatted(certificate, chain.size() + 1, e.getMessage()),
              e);
        }
      }
    }
    if (chain.isEmpty()) {
      throw new CertificateFileException(
          "there is no certificate in %s; a PEM file with '-----BEGIN CERTIFICATE-----' is expected, such as certbot's fullchain.pem"
              .formatted(certificate));
    }
    return chain;
  }
}
