package net.homeport.web.gnudip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import net.homeport.registry.credential.SecretHasher;

/**
 * Salts, each of which is good for one answer: who hears one cannot use it again for another
 * address. Those of HTTP, which the device brings back, carry their time under a keyed hash. Thread
 * safe.
 */
final class GnuDipSalts {
  /** How long a salt can be answered. */
  static final Duration LIFE = Duration.ofMinutes(1);

  /** Most answers within {@link #LIFE}; more are not taken until some are over. */
  static final int USED_MAX = 10_000;

  private static final int CHARACTERS = 10;
  private static final int SIGN_OCTETS = 16;

  private final SecretHasher hasher;
  private final InstantSource clock;
  private final SequencedMap<String, Long> used = new LinkedHashMap<>();

  /**
   * One that is brought back.
   *
   * @param time in seconds since 1970
   * @param sign a keyed hash over both
   */
  record Issued(String salt, String time, String sign) {}

  GnuDipSalts(SecretHasher hasher, InstantSource clock) {
    this.hasher = hasher;
    this.clock = clock;
  }

  /** A new one. */
  String salt() {
    return hasher.newSecret().substring(0, CHARACTERS);
  }

  /** A new one that can be brought back. */
  Issued issue() {
    String salt = salt();
    String time = Long.toString(clock.instant().getEpochSecond());
    return new Issued(salt, time, sign(salt, time));
  }

  private String sign(String salt, String time) {
    byte[] hash = hasher.hash("gnudip salt %s %s".formatted(salt, time)).octets();
    return HexFormat.of().formatHex(hash, 0, SIGN_OCTETS);
  }

  /** Whether it is ours, young, and brought back for the first time; then it is used up. */
  synchronized boolean use(Issued issued) {
    byte[] sign = sign(issued.salt, issued.time).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(sign, issued.sign.getBytes(StandardCharsets.UTF_8))) {
      return false;
    }
    // What is signed is ours, so the time is a number.
    long now = clock.instant().getEpochSecond();
    long made = Long.parseLong(issued.time);
    while (!used.isEmpty() && used.firstEntry().getValue() < now - LIFE.toSeconds()) {
      used.pollFirstEntry();
    }
    return Math.abs(now - made) <= LIFE.toSeconds()
        && used.size() < USED_MAX
        && used.putIfAbsent(issued.salt, now) == null;
  }
}
