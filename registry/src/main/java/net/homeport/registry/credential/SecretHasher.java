package net.homeport.registry.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes secrets for machines and hashes them under this server's key. Thread safe.
 *
 * <p>The secrets are random and long, so a fast keyed hash is enough (an update must not cost a
 * slow password hash); a copy of the store without the key file tells nothing.
 */
public final class SecretHasher {
  /** Length of the server's key in octets. */
  public static final int KEY_OCTETS = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int IDLE_MACS_MAX = 64;

  /** 32 characters that survive being read aloud, typed into a router, or put into a URL. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz023456789";

  /** 26 characters of 5 bits each: 130 bits. */
  private static final int SECRET_CHARACTERS = 26;

  private final SecretKeySpec key;
  private final RandomGenerator random;
  private final BlockingQueue<Mac> idleMacs = new ArrayBlockingQueue<>(IDLE_MACS_MAX);

  /**
   * @param key this server's key, {@link #KEY_OCTETS} secret random octets
   * @param random a cryptographically strong source
   */
  public SecretHasher(byte[] key, RandomGenerator random) {
    if (key.length != KEY_OCTETS) {
      throw new IllegalArgumentException("the server's key has " + KEY_OCTETS + " octets");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.random = random;
  }

  /** A new secret: 26 lower-case letters and digits. */
  public String newSecret() {
    var secret = new StringBuilder(SECRET_CHARACTERS);
    for (int i = 0; i < SECRET_CHARACTERS; i++) {
      secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return secret.toString();
  }

  /** The keyed hash of a secret. */
  public SecretHash hash(String secret) {
    // Mac objects are costly to make and not thread safe; a few are kept for whoever comes next.
    Mac mac = idleMacs.poll();
    if (mac == null) {
      mac = newMac();
    }
    byte[] hash = mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    boolean _ = idleMacs.offer(mac);
    return new SecretHash(hash);
  }

  private Mac newMac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
