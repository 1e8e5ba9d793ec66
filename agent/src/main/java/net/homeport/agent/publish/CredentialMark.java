package net.homeport.agent.publish;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Recognises a password that a server refused without keeping it: after a change of the password
 * the agent asks again, also when it was restarted in between. Made with PBKDF2 (RFC 8018), because
 * people choose some of these passwords. Pure but for the salt.
 *
 * @param text {@code salt:digest} in hexadecimal
 */
record CredentialMark(String text) {
  // About a tenth of a second on a small router; only a refusal costs one.
  private static final int ROUNDS = 100_000;
  private static final int SALT_BYTES = 16;
  private static final int DIGEST_BITS = 256;

  static CredentialMark of(String password, RandomGenerator random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    HexFormat hex = HexFormat.of();
    return new CredentialMark(hex.formatHex(salt) + ":" + hex.formatHex(digest(password, salt)));
  }

  /** Whether the mark was made of {@code password}; false also for a mark that is damaged. */
  boolean matches(String password) {
    int colon = text.indexOf(':');
    try {
      HexFormat hex = HexFormat.of();
      byte[] salt = hex.parseHex(text, 0, Math.max(0, colon));
      byte[] digest = hex.parseHex(text, colon + 1, text.length());
      return salt.length > 0 && MessageDigest.isEqual(digest, digest(password, salt));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] digest(String password, byte[] salt) {
    var key = new PBEKeySpec(password.toCharArray(), salt, ROUNDS, DIGEST_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    } finally {
      key.clearPassword();
    }
  }
}
