package net.homeport.registry.credential;

import java.time.Instant;

/**
 * A secret that was replaced and is still taken for a while, so that devices can be changed one by
 * one.
 *
 * @param hash keyed hash of it
 * @param createdAt when it was made
 * @param validUntil from when on it proves nothing
 */
public record OlderSecret(SecretHash hash, Instant createdAt, Instant validUntil) {
  /** Whether it is taken at this time. */
  public boolean isValid(Instant now) {
    return now.isBefore(validUntil);
  }

  /** The same secret, valid until then at the latest. */
  public OlderSecret until(Instant end) {
    return validUntil.isBefore(end) ? this : new OlderSecret(hash, createdAt, end);
  }
}
