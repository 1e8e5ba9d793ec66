package net.homeport.nameserver.cookie;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * A secret of 128 bits with which server cookies are made (RFC 9018 4): the key of SipHash-2-4.
 *
 * @param k0 the first 64 bits, least significant octet first
 * @param k1 the last 64 bits
 */
public record CookieSecret(long k0, long k1) {
  /** Octets of a secret. */
  public static final int OCTETS = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The secret of the first 16 of these octets. */
  public static CookieSecret of(byte[] octets) {
    if (octets.length < OCTETS) {
      throw new IllegalArgumentException("a cookie secret has 16 octets, not " + octets.length);
    }
    return new CookieSecret((long) LONG.get(octets, 0), (long) LONG.get(octets, Long.BYTES));
  }

  /**
   * The secret of 32 hexadecimal digits, as other name servers write it.
   *
   * @throws IllegalArgumentException that does not repeat the text
   */
  public static CookieSecret parse(String hex) {
    byte[] octets;
    try {
      octets = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException _) {
      octets = new byte[0];
    }
    if (octets.length != OCTETS) {
      throw new IllegalArgumentException("a cookie secret is 32 hexadecimal digits");
    }
    return of(octets);
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "CookieSecret";
  }
}
