package net.homeport.registry.account;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import net.homeport.registry.credential.KnownSources;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses at one person's password, from however many addresses: after {@link #FREE}
 * wrong ones each further one waits, twice as long each time, whoever sends it. Who signed in from
 * an address in the last days does not wait there, so that guessing locks nobody out of where they
 * work. Names that nobody has are counted alike, so that waiting does not tell who there is. Thread
 * safe.
 */
final class PasswordTries {
  /** Wrong passwords for one name that cost no waiting. */
  static final int FREE = 20;

  /** One wrong password is forgotten in this time. */
  static final Duration FORGIVEN = Duration.ofMinutes(1);

  /** Longest wait. */
  static final Duration WAIT_MAX = Duration.ofMinutes(1);

  /** Most names that are counted; one more forgets that of which nothing was heard for longest. */
  static final int NAMES_MAX = 10_000;

  private final InstantSource clock;
  private final KnownSources known = new KnownSources();
  private final SequencedMap<String, Tally> tallies = new LinkedHashMap<>(16, 0.75f, true);

  PasswordTries(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The tries at one name.
   *
   * @param level tries, less those that were forgiven
   * @param blockedUntil when the next one is looked at
   */
  private record Tally(double level, Instant at, Instant blockedUntil) {
    double level(Instant now) {
      double forgiven = (double) Duration.between(at, now).toMillis() / FORGIVEN.toMillis();
      return Math.max(0, level - Math.max(0, forgiven));
    }
  }

  private static String key(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT);
    return key.length() <= Person.NAME_MAX ? key : key.substring(0, Person.NAME_MAX);
  }

  /** Whether that person signed in from there in the last days. */
  boolean isKnown(@Nullable Person person, InetAddress source) {
    return person != null && known.isKnown(source, person.id(), clock.instant());
  }

  /**
   * Counts a try of a stranger before the password is looked at, so that tries at the same time do
   * not pass beyond the limit either.
   *
   * @return how long to wait before trying; zero to go ahead
   */
  synchronized Duration begin(String name) {
    Instant now = clock.instant();
    Tally before = tallies.get(key(name));
    Duration wait = before == null ? Duration.ZERO : Duration.between(now, before.blockedUntil);
    // Nobody was told to wait longer than that: the clock was set back since.
    if (wait.isPositive() && wait.compareTo(WAIT_MAX) <= 0) {
      return wait;
    }
    double level = (before == null ? 0 : before.level(now)) + 1;
    Instant blockedUntil = now;
    if (level >= FREE) {
      double seconds = Math.min(Math.pow(2, level - FREE), (double) WAIT_MAX.toSeconds());
      blockedUntil = now.plusMillis(Math.round(seconds * 1000));
    }
    tallies.put(key(name), new Tally(level, now, blockedUntil));
    if (tallies.size() > NAMES_MAX) {
      tallies.pollFirstEntry();
    }
    return Duration.ZERO;
  }

  /** It was right, or nobody looked: it counts no more. */
  synchronized void uncount(String name) {
    tallies.computeIfPresent(
        key(name),
        (_, tally) -> new Tally(Math.max(0, tally.level - 1), tally.at, tally.blockedUntil));
  }

  /** That person signed in from there. */
  void succeeded(Person person, InetAddress source) {
    known.succeeded(source, person.id(), clock.instant());
  }
}
