package net.homeport.nameserver.cookie;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets that roll over by themselves: each day has one, made from a key that is kept. A restart
 * does not change them, and servers with the same key agree.
 */
public final class CookieSecrets {
  /** How long a secret makes cookies. */
  public static final Duration PERIOD = Duration.ofDays(1);

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param key any number of octets, kept secret
   */
  public CookieSecrets(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * The secrets to use at this time: that of the present day, those of the day before and of the
   * next, whose cookies other servers or this one may have made (RFC 9018 5).
   */
  public List<CookieSecret> at(Instant now) {
    long period = Math.floorDiv(now.getEpochSecond(), PERIOD.toSeconds());
    return List.of(secret(period), secret(period - 1), secret(period + 1));
  }

  private CookieSecret secret(long period) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return CookieSecret.of(
          mac.doFinal(("DNS cookie " + period).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
