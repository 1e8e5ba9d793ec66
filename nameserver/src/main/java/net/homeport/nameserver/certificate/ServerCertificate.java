package net.homeport.nameserver.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A certificate that fits its key.
 *
 * @param chain the server's certificate first
 * @param key private key of the first
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {

  private static final char[] NO_PASSWORD = new char[0];

  /** Enough for every client that comes back within two hours. */
  private static final int SESSIONS_MAX = 16 * 1024;

  private static final Duration SESSION = Duration.ofHours(2);

  public ServerCertificate {
    chain = List.copyOf(chain);
  }

  /** When clients begin to refuse it. */
  public Instant notAfter() {
    return leaf().getNotAfter().toInstant();
  }

  /** The names and addresses it is for, or its subject if it has none. */
  public List<String> names() {
    try {
      Collection<List<?>> names = leaf().getSubjectAlternativeNames();
      if (names != null) {
        return names.stream().map(name -> String.valueOf(name.get(1))).toList();
      }
    } catch (CertificateParsingException e) {
      // then by its subject
    }
    return List.of(leaf().getSubjectX500Principal().getName());
  }

  /** Whether nobody but itself vouches for it. */
  public boolean isSelfSigned() {
    return leaf().getSubjectX500Principal().equals(leaf().getIssuerX500Principal());
  }

  /** SHA-256 of the certificate, in hexadecimal with colons as other tools show it. */
  public String fingerprint() {
    try {
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(leaf().getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has octets", e);
    }
  }

  /** SHA-256 of its public key in Base64, by which clients can know it (RFC 7858 section 4.2). */
  public String pin() {
    return Base64.getEncoder().encodeToString(sha256(leaf().getPublicKey().getEncoded()));
  }

  /** A context in which a server proves itself with it; its sessions can be resumed in it alone. */
  public SSLContext context(SecureRandom random) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[0], random);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS_MAX);
      context.getServerSessionContext().setSessionTimeout((int) SESSION.toSeconds());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a JDK without TLS", e);
    }
  }

  /** For the log: whom it is for, who issued it, and until when it is valid. */
  @Override
  public String toString() {
    return "certificate for %s, %s, valid until %s, SHA-256 %s"
        .formatted(
            String.join(", ", names()),
            isSelfSigned()
                ? "self-signed"
                : "issued by " + leaf().getIssuerX500Principal().getName(),
            notAfter(),
            fingerprint().toLowerCase(Locale.ROOT));
  }

  private X509Certificate leaf() {
    return chain.getFirst();
  }

  private static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }
}
