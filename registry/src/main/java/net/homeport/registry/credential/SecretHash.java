package net.homeport.registry.credential;

import java.security.MessageDigest;

/** HMAC-SHA256 of a machine's secret under this server's key: fast, and useless without the key. */
public final class SecretHash {
  /** Length in octets. */
  public static final int OCTETS = 32;

  private final byte[] octets;

  /**
   * @param octets {@link #OCTETS} of them, from {@link #octets()} of another one
   */
  public SecretHash(byte[] octets) {
    if (octets.length != OCTETS) {
      throw new IllegalArgumentException("a secret's hash has " + OCTETS + " octets");
    }
    this.octets = octets.clone();
  }

  /** For the store. */
  public byte[] octets() {
    return octets.clone();
  }

  /** Whether both are of the same secret; takes the same time whether or not (RFC 8945 5.2.2.1). */
  public boolean isSame(SecretHash that) {
    return MessageDigest.isEqual(octets, that.octets);
  }

  /** As {@link #isSame}, for tables. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHash that && isSame(that);
  }

  @Override
  public int hashCode() {
    return (octets[0] & 0xFF) << 24
        | (octets[1] & 0xFF) << 16
        | (octets[2] & 0xFF) << 8
        | (octets[3] & 0xFF);
  }

  @Override
  public String toString() {
    return "SecretHash[...]";
  }
}
