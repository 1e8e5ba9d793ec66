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
/*
 * A salt whose use was forgotten could be used again as soon as its time is within its life, as it
 * is again when the clock was set back. So with each step back begins a new age: salts of the one
 * before are good for nothing, and which of them were used need not be known.
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
  private final SequencedMap<String, Long> used = new LinkedHashMap<>(); // guarded by this, as all
  private String age = "";
  private String ageBefore = "";
  private long began; // the age, or this program, which knows nothing of uses before
  private long latest;

  /** What becomes of a salt that is brought back. */
  enum Use {
    /** It is ours, young, and brought back for the first time. */
    NEW,
    /** It is not. */
    WRONG,
    /** We cannot take it, which is not the device's fault: with another it may try again later. */
    NOT_NOW
  }

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
    this.began = clock.instant().getEpochSecond();
    this.latest = began;
  }

  /** A new one. */
  String salt() {
    return hasher.newSecret().substring(0, CHARACTERS);
  }

  /** A new one that can be brought back. */
  synchronized Issued issue() {
    String salt = salt();
    String time = Long.toString(now());
    return new Issued(salt, time, sign(salt, time, age));
  }

  private String sign(String salt, String time, String when) {
    byte[] hash = hasher.hash("gnudip salt %s %s %s".formatted(salt, time, when)).octets();
    return HexFormat.of().formatHex(hash, 0, SIGN_OCTETS);
  }

  private boolean isSigned(Issued issued, String when) {
    byte[] sign = sign(issued.salt, issued.time, when).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(sign, issued.sign.getBytes(StandardCharsets.UTF_8));
  }

  /** Seconds since 1970; begins a new age if the clock was set back. */
  private long now() {
    long now = clock.instant().getEpochSecond();
    if (now < latest) {
      used.clear();
      ageBefore = age;
      age = hasher.newSecret();
      began = now;
    }
    latest = now;
    return now;
  }

  /** Uses it up, if it can be used. */
  synchronized Use use(Issued issued) {
    long now = now();
    if (!isSigned(issued, age)) {
      return !ageBefore.equals(age) && isSigned(issued, ageBefore) ? Use.NOT_NOW : Use.WRONG;
    }
    // What is signed is ours, so the time is a number.
    long made = Long.parseLong(issued.time);
    while (!used.isEmpty() && used.firstEntry().getValue() < now - LIFE.toSeconds()) {
      used.pollFirstEntry();
    }
    if (now - made > LIFE.toSeconds() || used.containsKey(issued.salt)) {
      return Use.WRONG;
    }
    if (made < began || used.size() >= USED_MAX) {
      return Use.NOT_NOW;
    }
    used.put(issued.salt, now);
    return Use.NEW;
  }
}
