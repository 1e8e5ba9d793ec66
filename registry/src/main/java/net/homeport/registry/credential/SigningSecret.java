package net.homeport.registry.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that signs requests ({@link RequestSignatures}). To verify with, it must be known, so it
 * is kept encrypted; it is another one than the secret that is presented, which is kept as a hash.
 */
public final class SigningSecret {
  private final byte[] sealed;
  private final Instant createdAt;
  private final @Nullable Instant validUntil;

  /**
   * @param sealed what {@link Sealer#seal} made
   * @param validUntil from when on it verifies nothing; null for the present one
   */
  public SigningSecret(byte[] sealed, Instant createdAt, @Nullable Instant validUntil) {
    this.sealed = sealed.clone();
    this.createdAt = createdAt;
    this.validUntil = validUntil;
  }

  /** As encrypted; a copy. */
  public byte[] sealed() {
    return sealed.clone();
  }

  /** When it was made. */
  public Instant createdAt() {
    return createdAt;
  }

  /** From when on it verifies nothing; null for the present one. */
  public @Nullable Instant validUntil() {
    return validUntil;
  }

  /** Whether it verifies at this time. */
  public boolean isValid(Instant now) {
    return validUntil == null || now.isBefore(validUntil);
  }

  /** The same secret, valid until then at the latest. */
  public SigningSecret until(Instant end) {
    return validUntil != null && validUntil.isBefore(end)
        ? this
        : new SigningSecret(sealed, createdAt, end);
  }
}
