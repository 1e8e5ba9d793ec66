package net.homeport.web.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/** Those who signed in. In memory only: a restart ends all sessions. Thread safe. */
final class Sessions {
  /** How long a session lasts, used or not. */
  static final Duration LIFE = Duration.ofHours(12);

  /** One more ends the oldest. */
  static final int SESSIONS_MAX = 1_000;

  private static final int ID_OCTETS = 32;

  private final InstantSource clock;
  private final RandomGenerator random;

  /** When each ends. All last equally long, so the first to be opened is the first to end. */
  private final SequencedMap<String, Instant> ends = new LinkedHashMap<>();

  Sessions(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Opens a session; its number, 256 random bits, is the only proof of it. */
  synchronized String open() {
    var octets = new byte[ID_OCTETS];
    random.nextBytes(octets);
    String session = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    if (ends.size() >= SESSIONS_MAX) {
      ends.pollFirstEntry();
    }
    ends.putLast(session, clock.instant().plus(LIFE));
    return session;
  }

  synchronized boolean isOpen(String session) {
    Instant end = ends.get(session);
    if (end == null) {
      return false;
    }
    if (clock.instant().isBefore(end)) {
      return true;
    }
    ends.remove(session);
    return false;
  }

  synchronized void close(String session) {
    ends.remove(session);
  }
}
