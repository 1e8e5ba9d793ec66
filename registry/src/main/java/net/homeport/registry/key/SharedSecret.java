package net.homeport.registry.key;

import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Octets that only we and a requestor know. Shows them to nobody who does not ask for them. */
public final class SharedSecret {
  /** Fewest octets that a key takes: 128 bits. */
  public static final int OCTETS_MIN = 16;

  /** Most octets that a key takes; more add nothing to any HMAC. */
  public static final int OCTETS_MAX = 512;

  private final byte[] octets;

  /** The secret of these octets. */
  public SharedSecret(byte[] octets) {
    this.octets = octets.clone();
  }

  /** The secret of this Base64 text (RFC 4648 4), blanks within passed over; null if it is none. */
  public static @Nullable SharedSecret ofBase64(String text) {
    try {
      return new SharedSecret(Base64.getDecoder().decode(text.replaceAll("\\s", "")));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** The octets; a copy. */
  public byte[] octets() {
    return octets.clone();
  }

  /** How many octets. */
  public int length() {
    return octets.length;
  }

  /** The secret as key files have it. */
  public String base64() {
    return Base64.getEncoder().encodeToString(octets);
  }

  /** Whether both are the same; takes the same time whether or not (RFC 8945 5.2.2.1). */
  @Override
  public boolean equals(Object other) {
    return other instanceof SharedSecret that && MessageDigest.isEqual(octets, that.octets);
  }

  /** Tells nothing but the length. */
  @Override
  public int hashCode() {
    return octets.length;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SharedSecret[...]";
  }
}
