package net.homeport.registry.credential;

import org.jspecify.annotations.Nullable;

/** Encrypts secrets that must be known again, under this server's key. Thread safe. */
public interface Sealer {
  /**
   * The secret, encrypted.
   *
   * @param purpose what it is for; opening it for anything else fails
   */
  byte[] seal(String purpose, byte[] secret);

  /** The secret; null if it was sealed for another purpose, by another server, or changed since. */
  byte @Nullable [] open(String purpose, byte[] sealed);
}
