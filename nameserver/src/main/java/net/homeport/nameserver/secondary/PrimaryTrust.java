package net.homeport.nameserver.secondary;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import net.homeport.nameserver.secondary.Primary.Security;
import org.jspecify.annotations.Nullable;

/** Which certificate of a primary is taken (RFC 9103 section 9.3). */
final class PrimaryTrust {
  private PrimaryTrust() {}

  static SSLContext context(Security.Tls tls) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    // A name is checked by what the system trusts; a pin, or nothing, by us.
    boolean bySystem = tls.name() != null && tls.pin() == null;
    context.init(null, bySystem ? null : new TrustManager[] {new Pinned(tls.pin())}, null);
    return context;
  }

  /** Takes the certificate whose public key has this digest, be it self-signed; null takes any. */
  private static final class Pinned extends X509ExtendedTrustManager {
    private final @Nullable String pin;

    Pinned(@Nullable String pin) {
      this.pin = pin;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      if (pin == null) {
        return;
      }
      String given;
      try {
        byte[] publicKey = chain[0].getPublicKey().getEncoded();
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
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
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
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("we are no server here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
