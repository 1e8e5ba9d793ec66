package net.homeport.nameserver.certificate;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Private keys in the forms in which tools write them. */
final class PrivateKeys {

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  private PrivateKeys() {}

  /**
   * The private key of a file: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) or SEC 1 (RFC 5915).
   *
   * @param owner key of the certificate it is for
   */
  static PrivateKey read(Path file, List<PemText> blocks, PublicKey owner)
      throws CertificateFileException {
    for (PemText block : blocks) {
      if (block.encrypted() || block.label().equals("ENCRYPTED PRIVATE KEY")) {
        throw new CertificateFileException(
            "the key in %s is protected by a pass phrase, which nobody is there to type; write it without: openssl pkey -in %s -out %s.plain && chmod 600 %s.plain"
                .formatted(file, file, file, file));
      }
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return decode(file, block.octets());
        }
        case "RSA PRIVATE KEY" -> {
          return decode(file, wrapped(Der.sequence(Der.OID_RSA, Der.NULL), block.octets()));
        }
        case "EC PRIVATE KEY" -> {
          if (!owner.getAlgorithm().equals("EC")) {
            throw new CertificateFileException(
                "the key in %s does not belong to the certificate: it is of the kind EC, the certificate's is %s"
                    .formatted(file, owner.getAlgorithm()));
          }
          // It may leave out its curve, and the certificate has it in any case.
          return decode(file, wrapped(Der.firstWithin(owner.getEncoded()), block.octets()));
        }
        default -> {
          // for example the parameters of a curve
        }
      }
    }
    throw new CertificateFileException(
        "there is no private key in %s; a PEM file with '-----BEGIN PRIVATE KEY-----' is expected, such as certbot's privkey.pem"
            .formatted(file));
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.octetString(key));
  }

  private static PrivateKey decode(Path file, byte[] pkcs8) throws CertificateFileException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
        // another kind of key
      }
    }
    throw new CertificateFileException(
        "the key in %s is damaged or of an unknown kind; keys of EC (P-256, P-384), RSA and Ed25519 can be used"
            .formatted(file));
  }

  /** Whether what one signs, the other confirms. */
  static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "RSASSA-PSS" -> "RSASSA-PSS";
          case "EC" -> "SHA256withECDSA";
          default -> publicKey.getAlgorithm();
        };
    byte[] said = {1, 2, 3};
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(privateKey);
      signing.update(said);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(publicKey);
      verifying.update(said);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // of different kinds
    }
  }
}
