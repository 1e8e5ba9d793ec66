package net.homeport.registry.key;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import net.homeport.registry.credential.Sealer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Encrypts secrets of keys for the store: AES-256-GCM, with a key derived from the server's own
 * (HKDF-SHA256, RFC 5869), so that a copy of the store without the key file tells nothing. The
 * key's name and algorithm are authenticated with it: a secret moved to another key in the store is
 * not taken. Thread safe.
 */
public final class SecretCipher implements Sealer {
  private static final byte[] LABEL =
      "homeport update key secrets 1".getBytes(StandardCharsets.US_ASCII);
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final byte VERSION = 1;
  private static final int KEY_OCTETS = 32;
  private static final int NO_LABEL = 0xFF;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;
  private static final int SEALED_MIN = 1 + NONCE_OCTETS + TAG_BITS / Byte.SIZE;

  private final SecretKey key;
  private final RandomGenerator random;

  /**
   * @param serverKey this server's key, secret and random
   * @param random a cryptographically strong source of nonces
   */
  public SecretCipher(byte[] serverKey, RandomGenerator random) {
    this.random = random;
    try {
      this.key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract().addIKM(serverKey).thenExpand(LABEL, KEY_OCTETS));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 25 has HKDF-SHA256", e);
    }
  }

  /** The secret, encrypted: version, nonce, ciphertext with tag. */
  byte[] seal(Name keyName, HmacAlgorithm algorithm, byte[] secret) {
    return sealed(bound(keyName, algorithm), secret);
  }

  /**
   * The secret; null if it was sealed under another server's key, for another key's name or
   * algorithm, or changed since.
   */
  byte @Nullable [] open(Name keyName, HmacAlgorithm algorithm, byte[] sealed) {
    return opened(bound(keyName, algorithm), sealed);
  }

  @Override
  public byte[] seal(String purpose, byte[] secret) {
    return sealed(bound(purpose), secret);
  }

  @Override
  public byte @Nullable [] open(String purpose, byte[] sealed) {
    return opened(bound(purpose), sealed);
  }

  private static byte[] bound(Name keyName, HmacAlgorithm algorithm) {
    var bound = new ByteArrayOutputStream();
    bound.writeBytes(keyName.toWireCanonical());
    bound.writeBytes(algorithm.text().getBytes(StandardCharsets.US_ASCII));
    return bound.toByteArray();
  }

  /** Begins with an octet with which no name does. */
  private static byte[] bound(String purpose) {
    var bound = new ByteArrayOutputStream();
    bound.write(NO_LABEL);
    bound.writeBytes(purpose.getBytes(StandardCharsets.UTF_8));
    return bound.toByteArray();
  }

  private byte[] sealed(byte[] bound, byte[] secret) {
    byte[] sealed = new byte[SEALED_MIN + secret.length];
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    sealed[0] = VERSION;
    System.arraycopy(nonce, 0, sealed, 1, NONCE_OCTETS);
    try {
      cipher(Cipher.ENCRYPT_MODE, nonce, bound)
          .doFinal(secret, 0, secret.length, sealed, 1 + NONCE_OCTETS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encrypt with " + TRANSFORMATION, e);
    }
    return sealed;
  }

  private byte @Nullable [] opened(byte[] bound, byte[] sealed) {
    if (sealed.length < SEALED_MIN || sealed[0] != VERSION) {
      return null;
    }
    try {
      byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_OCTETS);
      return cipher(Cipher.DECRYPT_MODE, nonce, bound)
          .doFinal(sealed, 1 + NONCE_OCTETS, sealed.length - 1 - NONCE_OCTETS);
    } catch (AEADBadTagException _) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot decrypt with " + TRANSFORMATION, e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] bound) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "SecretCipher";
  }
}
