package net.homeport.registry.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret of a TSIG key, and for how long.
 *
 * @param createdAt when it was made, or first known
 * @param validUntil from when on it verifies nothing; null for the present secret
 */
public record KeySecret(SharedSecret value, Instant createdAt, @Nullable Instant validUntil) {
  /** Whether it verifies at this time. */
  public boolean isValid(Instant now) {
    return validUntil == null || now.isBefore(validUntil);
  }

  /** The same secret, valid until then at the latest. */
  KeySecret until(Instant end) {
    return validUntil != null && validUntil.isBefore(end)
        ? this
        : new KeySecret(value, createdAt, end);
  }
}
