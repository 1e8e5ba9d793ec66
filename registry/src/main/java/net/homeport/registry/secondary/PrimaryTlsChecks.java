package net.homeport.registry.secondary;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Pattern;
import net.homeport.registry.secondary.MirroredZone.PrimaryTls;
import org.jspecify.annotations.Nullable;

/** Whether what a person says of a primary's certificate can ever hold. */
final class PrimaryTlsChecks {
  /** Most octets of the certificates of authorities. */
  private static final int AUTHORITIES_MAX = 64 * 1024;

  private static final int PIN_OCTETS = 32;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,253}");

  private PrimaryTlsChecks() {}

  /** What is wrong, for a person; null if nothing is. */
  static @Nullable String problem(PrimaryTls tls) {
    String name = tls.name();
    if (name != null && !NAME.matcher(name).matches()) {
      return "'%s' is not a name that a certificate can be for; write a DNS name or an address, such as ns1.example.org"
          .formatted(name);
    }
    String pin = tls.pin();
    if (pin != null && !isPin(pin)) {
      return "'%s' is not a pin: SHA-256 of a public key in Base64, 44 characters; './homeport status' shows that of a Homeport server, and for any other: openssl x509 -in certificate.pem -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64"
          .formatted(pin);
    }
    String authorities = tls.authorities();
    return authorities == null ? null : problemOfAuthorities(authorities);
  }

  private static boolean isPin(String text) {
    try {
      return Base64.getDecoder().decode(text).length == PIN_OCTETS;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static @Nullable String problemOfAuthorities(String pem) {
    if (pem.length() > AUTHORITIES_MAX) {
      return "the certificates of the authorities have %d characters, more than %d; name those only that vouch for the primary"
          .formatted(pem.length(), AUTHORITIES_MAX);
    }
    try {
      var text = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
      return CertificateFactory.getInstance("X.509").generateCertificates(text).isEmpty()
          ? "there is no certificate among the authorities; name a file in PEM, which has lines such as -----BEGIN CERTIFICATE-----"
          : null;
    } catch (CertificateException e) {
      return "the certificates of the authorities cannot be read: " + e.getMessage();
    }
  }
}
