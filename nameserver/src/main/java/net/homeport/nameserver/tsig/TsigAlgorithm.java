package net.homeport.nameserver.tsig;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** The algorithms of TSIG that we speak (RFC 8945 section 6). */
public enum TsigAlgorithm {
  /** For old devices only: MD5 is broken as a hash, though not known to be within HMAC. */
  HMAC_MD5("hmac-md5.sig-alg.reg.int.", "HmacMD5", 16),
  /** Mandatory to implement, not recommended. */
  HMAC_SHA1("hmac-sha1.", "HmacSHA1", 20),
  /** By choice. */
  HMAC_SHA224("hmac-sha224.", "HmacSHA224", 28),
  /** The default. */
  HMAC_SHA256("hmac-sha256.", "HmacSHA256", 32),
  /** By choice. */
  HMAC_SHA384("hmac-sha384.", "HmacSHA384", 48),
  /** By choice. */
  HMAC_SHA512("hmac-sha512.", "HmacSHA512", 64);

  @SuppressWarnings("ImmutableEnumChecker") // names do not change
  private final Name wireName;

  private final String macName;
  private final int octets;

  TsigAlgorithm(String wireName, String macName, int octets) {
    try {
      this.wireName = Name.fromString(wireName);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
    this.macName = macName;
    this.octets = octets;
  }

  /** The algorithm of this name in a TSIG record. */
  public static Optional<TsigAlgorithm> ofWireName(Name name) {
    for (TsigAlgorithm algorithm : values()) {
      if (algorithm.wireName.equals(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** Its name in a TSIG record. */
  public Name wireName() {
    return wireName;
  }

  /** What the Java platform calls it. */
  public String macName() {
    return macName;
  }

  /** Length of its full MAC. */
  public int octets() {
    return octets;
  }

  /** What people and configuration files call it, such as {@code hmac-sha256}. */
  public String text() {
    return this == HMAC_MD5 ? "hmac-md5" : wireName.toString(true);
  }
}
