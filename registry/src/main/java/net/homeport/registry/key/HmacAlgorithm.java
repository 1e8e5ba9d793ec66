package net.homeport.registry.key;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a TSIG key is used with (RFC 8945 section 6). */
public enum HmacAlgorithm {
  /** The default. */
  HMAC_SHA256,
  /** By choice. */
  HMAC_SHA512,
  /** By choice. */
  HMAC_SHA384,
  /** By choice. */
  HMAC_SHA224,
  /** For peers that know no better. */
  HMAC_SHA1,
  /** For old devices only, and only when asked for twice. */
  HMAC_MD5;

  private static final String MD5_LONG = "hmac-md5.sig-alg.reg.int";

  /** The algorithm of this name, in any letter case, as people and other name servers write it. */
  public static Optional<HmacAlgorithm> of(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return plain.equals(MD5_LONG)
        ? Optional.of(HMAC_MD5)
        : Arrays.stream(values()).filter(one -> one.text().equals(plain)).findFirst();
  }

  /** Its name, such as {@code hmac-sha256}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names, for a message. */
  public static String all() {
    return Arrays.stream(values()).map(HmacAlgorithm::text).collect(Collectors.joining(", "));
  }
}
