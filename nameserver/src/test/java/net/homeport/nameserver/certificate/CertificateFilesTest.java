package net.homeport.nameserver.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and keys as openssl wrote them, and as we do. */
class CertificateFilesTest {

  @TempDir private Path folder = Path.of("");

  private Path resource(String name) throws IOException {
    try (InputStream in = CertificateFilesTest.class.getResourceAsStream(name)) {
      return Files.write(folder.resolve(name), Objects.requireNonNull(in, name).readAllBytes());
    }
  }

  private CertificateFiles files(String certificate, String key) throws IOException {
    return new CertificateFiles(resource(certificate), resource(key));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.pem, rsa-pkcs8.key, RSA",
    "rsa.pem, rsa-pkcs1.key, RSA",
    "ec.pem, ec-sec1.key, EC",
    "ed25519.pem, ed25519.key, EdDSA",
  })
  void readsEveryKindOfKey(String certificate, String key, String algorithm) throws Exception {
    ServerCertificate read = files(certificate, key).read();
    assertThat(read.key().getAlgorithm()).isEqualTo(algorithm);
    assertThat(read.context(new SecureRandom()).createSSLEngine()).isNotNull();
  }

  @Test
  void tellsWhatTheCertificateSays() throws Exception {
    ServerCertificate read = files("rsa.pem", "rsa-pkcs8.key").read();
    assertThat(read.names()).containsExactly("rsa.example", "192.0.2.1");
    assertThat(read.isSelfSigned()).isTrue();
    assertThat(read.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(files("ec.pem", "ec-sec1.key").read().names()).containsExactly("CN=ec.example");
  }

  @Test
  void certificateAndKeyMayBeOneFile() throws Exception {
    Path both = folder.resolve("both.pem");
    Files.writeString(
        both, Files.readString(resource("ec-sec1.key")) + Files.readString(resource("ec.pem")));
    assertThat(new CertificateFiles(both, both).read().names()).containsExactly("CN=ec.example");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.pem, ec-sec1.key, does not belong to the certificate",
    "ec.pem, rsa-pkcs8.key, does not belong to the certificate",
    "rsa.pem, encrypted-pkcs1.key, openssl pkey -in",
    "ec.pem, encrypted-pkcs8.key, openssl pkey -in",
    "rsa-pkcs8.key, rsa-pkcs8.key, there is no certificate in",
    "rsa.pem, rsa.pem, there is no private key in",
  })
  void saysWhatIsWrong(String certificate, String key, String words) throws IOException {
    CertificateFiles files = files(certificate, key);
    assertThatThrownBy(files::read)
        .isInstanceOf(CertificateFileException.class)
        .hasMessageContaining(words)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void aMissingFileIsNamedWithItsFlag() throws IOException {
    Path there = resource("rsa.pem");
    assertThatThrownBy(new CertificateFiles(folder.resolve("no.pem"), there)::read)
        .hasMessageContaining("no.pem does not exist")
        .hasMessageContaining("--tls-certificate");
    assertThatThrownBy(new CertificateFiles(there, folder.resolve("no.key"))::read)
        .hasMessageContaining("no.key does not exist")
        .hasMessageContaining("--tls-key");
  }

  @Test
  void aFileCutOffIsRefused() throws IOException {
    CertificateFiles files = files("rsa.pem", "rsa-pkcs8.key");
    String whole = Files.readString(files.certificate());
    for (int length = 0; length < whole.length() - 30; length += 97) {
      Files.writeString(files.certificate(), whole.substring(0, length));
      assertThatThrownBy(files::read).isInstanceOf(CertificateFileException.class);
    }
    String damaged = whole.replaceFirst("[A-Z]{2}", "//");
    Files.writeString(files.certificate(), damaged);
    assertThatThrownBy(files::read).isInstanceOf(CertificateFileException.class);
  }

  @Test
  void theServersCertificateComesFirst() throws IOException {
    Path chain = folder.resolve("chain.pem");
    Files.writeString(
        chain, Files.readString(resource("ec.pem")) + Files.readString(resource("rsa.pem")));
    assertThatThrownBy(new CertificateFiles(chain, resource("rsa-pkcs8.key"))::read)
        .hasMessageContaining("put certificate 2, CN=rsa.example, first");
  }

  @Test
  void whatWeMakeOurselvesCanBeReadAndVerified() throws Exception {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    var made =
        SelfSignedCertificate.create(
            List.of("localhost", "ns1.example.org"),
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("2001:db8::1")),
            now,
            new SecureRandom());
    var files = new CertificateFiles(folder.resolve("made.pem"), folder.resolve("made.key"));
    Files.writeString(files.certificate(), made.certificate());
    Files.writeString(files.key(), made.key());

    ServerCertificate read = files.read();

    assertThat(read.names())
        .containsExactly("localhost", "ns1.example.org", "127.0.0.1", "2001:db8:0:0:0:0:0:1");
    assertThat(read.isSelfSigned()).isTrue();
    assertThat(read.notAfter()).isAfter(now.plus(Duration.ofDays(3650)));
    X509Certificate certificate = read.chain().getFirst();
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(now));
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getKeyUsage()).startsWith(true, false);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getSerialNumber().signum()).isPositive();
  }
}
