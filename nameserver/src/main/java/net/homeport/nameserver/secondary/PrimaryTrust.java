package net.homeport.nameserver.secondary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import net.homeport.nameserver.secondary.Primary.Security;
import org.jspecify.annotations.Nullable;

/** Which certificate of a primary is taken (RFC 9103 section 9.3, RFC 8310 section 8). */
final class PrimaryTrust extends X509ExtendedTrustManager {
  private final Security.Tls wanted;

  private PrimaryTrust(Security.Tls wanted) {
    this.wanted = wanted;
  }

  /** A context for one connection: without sessions of before, each is authenticated anew. */
  static SSLContext context(Security.Tls tls) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new PrimaryTrust(tls)}, null);
    return context;
  }

  /**
   * What the JDK has for these certificates, or for those of the system; it checks the name too.
   */
  private static X509ExtendedTrustManager trusting(@Nullable Collection<? extends Certificate> some)
      throws CertificateException {
    try {
      KeyStore store = null;
      if (some != null) {
        store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : some) {
          store.setCertificateEntry("authority " + store.size(), certificate);
        }
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
      throw new CertificateException("this JDK cannot check certificates");
    } catch (IOException | GeneralSecurityException e) {
      throw new CertificateException("the authorities cannot be used: " + e.getMessage(), e);
    }
  }

  private @Nullable X509ExtendedTrustManager next(X509Certificate[] chain)
      throws CertificateException {
    String authorities = wanted.authorities();
    if (authorities != null) {
      var text = new ByteArrayInputStream(authorities.getBytes(StandardCharsets.US_ASCII));
      return trusting(CertificateFactory.getInstance("X.509").generateCertificates(text));
    }
    if (wanted.name() == null) {
      return null;
    }
    // What has the pin needs nobody who vouches for it; its name is still to be checked.
    return trusting(wanted.pin() == null ? null : List.of(chain[0]));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkPin(chain[0]);
    X509ExtendedTrustManager next = next(chain);
    if (next != null) {
      try {
        next.checkServerTrusted(chain, type, socket);
      } catch (CertificateException e) {
        throw new CertificateException(
            "its certificate is not taken (%s): %s".formatted(wanted(), e.getMessage()), e);
      }
    }
  }

  private String wanted() {
    return (wanted.name() == null
            ? "it must be for the address"
            : "it must be for " + wanted.name())
        + (wanted.authorities() != null
            ? ", by the authorities given"
            : wanted.pin() == null ? ", by an authority that the system trusts" : "");
  }

  private void checkPin(X509Certificate certificate) throws CertificateException {
    String pin = wanted.pin();
    if (pin == null) {
      return;
    }
    String given;
    try {
      byte[] publicKey = certificate.getPublicKey().getEncoded();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey);
      given = Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
    if (!given.equals(pin)) {
      throw new CertificateException(
          "its certificate has the pin %s, not %s".formatted(given, pin));
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("there is no engine here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("a name cannot be checked without a connection");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("we are no server here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("we are no server here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("we are no server here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
