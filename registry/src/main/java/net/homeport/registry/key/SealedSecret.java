package net.homeport.registry.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A secret as the store keeps it: encrypted by {@link SecretCipher}. */
public final class SealedSecret {
  private final byte[] octets;
  private final Instant createdAt;
  private final @Nullable Instant validUntil;

  /**
   * @param octets of the cipher
   * @param validUntil from when on it verifies nothing; null for the present secret
   */
  public SealedSecret(byte[] octets, Instant createdAt, @Nullable Instant validUntil) {
    this.octets = octets.clone();
    this.createdAt = createdAt;
    this.validUntil = validUntil;
  }

  /** What the cipher made; a copy. */
  public byte[] octets() {
    return octets.clone();
  }

  /** When the secret was made, or first known. */
  public Instant createdAt() {
    return createdAt;
  }

  /** From when on it verifies nothing; null for the present secret. */
  public @Nullable Instant validUntil() {
    return validUntil;
  }
}
