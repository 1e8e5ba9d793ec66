package net.homeport.registry.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes people's passwords with Argon2id (RFC 9106), as text that says its own parameters: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. Thread safe.
 *
 * <p>One hash takes 19 MiB and some 30 ms. Only one of who is known and one of strangers are made
 * at a time, so that guessing costs the guesser, and neither the server nor who is known.
 */
public final class PasswordHasher {
  /** Shortest password, in characters (NIST SP 800-63B: 8 at least). */
  public static final int PASSWORD_MIN = 10;

  /** Longest password, in characters. */
  public static final int PASSWORD_MAX = 256;

  // OWASP's second choice of 2023: 19 MiB, two passes.
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_OCTETS = 16;
  private static final int HASH_OCTETS = 32;
  private static final long WAIT_MILLIS = 1_000;

  private final RandomGenerator random;
  // Others wait, and are told to come again.
  private final Semaphore turns = new Semaphore(1, true);
  private final Semaphore strangersTurns = new Semaphore(1, true);
  private final String nobodysHash;

  /**
   * @param random a cryptographically strong, thread safe source
   */
  public PasswordHasher(RandomGenerator random) {
    this.random = random;
    byte[] salt = salt();
    this.nobodysHash = text(salt, new byte[HASH_OCTETS]);
  }

  /** The password was not looked at: too many are, or too many were wrong. */
  public static final class BusyException extends Exception {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    BusyException() {
      super("too many passwords are being checked; try again in a moment");
      this.retryAfter = Duration.ofMillis(WAIT_MILLIS);
    }

    /** After too many wrong ones. */
    BusyException(Duration retryAfter) {
      super("too many wrong passwords were sent for this name");
      this.retryAfter = retryAfter;
    }

    /** When trying again is right. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  private byte[] salt() {
    byte[] salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    return salt;
  }

  /**
   * The hash of a password, with a salt of its own.
   *
   * @throws BusyException when it is not its turn soon
   */
  public String hash(String password) throws BusyException {
    byte[] salt = salt();
    return text(salt, argon2id(password, salt, MEMORY_KIB, PASSES, LANES, turns));
  }

  private static String text(byte[] salt, byte[] hash) {
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /** Does the work of a verification for nobody, so that an unknown name takes as long. */
  void verifyNobody(String password) throws BusyException {
    boolean _ = verify(password, nobodysHash, true);
  }

  /** Whether a stranger's password is being looked at. */
  boolean isBusyWithStrangers() {
    return strangersTurns.availablePermits() == 0;
  }

  /**
   * Whether this is the password that was hashed; takes the same time whether or not.
   *
   * @param hash as {@link #hash} wrote it, perhaps with other parameters
   * @param isStranger whether nobody was seen where it comes from; then it waits for strangers
   *     alone
   * @throws BusyException when it is not its turn soon
   */
  public boolean verify(String password, String hash, boolean isStranger) throws BusyException {
    String[] parts = hash.split("\\$", -1);
    String[] costs = parts.length == 6 ? parts[3].split("[=,]", -1) : new String[0];
    if (costs.length != 6 || !parts[1].equals("argon2id") || !parts[2].equals("v=19")) {
      throw new IllegalArgumentException("a stored password hash is not one of Argon2id");
    }
    byte[] wanted = Base64.getDecoder().decode(parts[5]);
    byte[] given =
        argon2id(
            password,
            Base64.getDecoder().decode(parts[4]),
            Integer.parseInt(costs[1]),
            Integer.parseInt(costs[3]),
            Integer.parseInt(costs[5]),
            isStranger ? strangersTurns : turns);
    return MessageDigest.isEqual(wanted, given);
  }

  private static byte[] argon2id(
      String password, byte[] salt, int memoryKib, int passes, int lanes, Semaphore turns)
      throws BusyException {
    boolean turn = false;
    try {
      turn = turns.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      if (!turn) {
        throw new BusyException();
      }
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memoryKib)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[HASH_OCTETS];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BusyException();
    } finally {
      if (turn) {
        turns.release();
      }
    }
  }
}
