package net.homeport.registry.credential;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses secrets. An address (IPv6: a /64) that sent {@link #SOURCE_FREE} wrong
 * ones waits after each further one, twice as long each time; one that guesses at a credential at
 * which others guess as well waits after {@link #SOURCE_FREE_UNDER_ATTACK}. Who never failed never
 * waits; who succeeded with this credential from this address lately ({@link KnownSources}) does
 * not either, whoever else guesses from there. The same wrong secret again is hardly a guess: a
 * device that was set up wrongly slows down itself only when it hurries. Thread safe.
 */
public final class FailedAttempts {
  /** Wrong secrets of one address that cost no waiting. */
  public static final int SOURCE_FREE = 20;

  /** The same, of a credential at which {@link #CREDENTIAL_ATTACKED} wrong ones were aimed. */
  public static final int SOURCE_FREE_UNDER_ATTACK = 3;

  /** Wrong secrets for one credential, from wherever, that make an attack. */
  public static final int CREDENTIAL_ATTACKED = 100;

  /** One wrong secret is forgotten in this time. */
  public static final Duration FORGIVEN = Duration.ofMinutes(1);

  /** Longest wait. */
  public static final Duration WAIT_MAX = Duration.ofMinutes(1);

  /** Most addresses, and most credentials, that are counted; the calmest make room. */
  public static final int COUNTED_MAX = 65_536;

  private static final double REPEATED = 0.1;
  private static final int LOOKED_AT_FOR_ROOM = 16;
  private static final int IPV4_OCTETS = 4;

  /**
   * What one address or credential did wrong.
   *
   * @param level wrong secrets, less those that were forgiven
   * @param blockedUntil when the next one is looked at
   * @param lastWrong fingerprint of the last wrong one
   */
  private record Tally(double level, Instant at, Instant blockedUntil, int lastWrong) {
    double level(Instant now) {
      double forgiven = (double) Duration.between(at, now).toMillis() / FORGIVEN.toMillis();
      return Math.max(0, level - Math.max(0, forgiven));
    }
  }

  private final InstantSource clock;
  private final KnownSources known = new KnownSources();
  private final ConcurrentMap<Long, Tally> bySource = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Tally> byCredential = new ConcurrentHashMap<>();

  public FailedAttempts(InstantSource clock) {
    this.clock = clock;
  }

  /** An IPv4 address as {@code ::ffff:a.b.c.d} without its zeros, or the network of an IPv6 one. */
  static long key(InetAddress source) {
    byte[] octets = source.getAddress();
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    return octets.length == IPV4_OCTETS
        ? 0xFFFFL << Integer.SIZE | Integer.toUnsignedLong(buffer.getInt())
        : buffer.getLong();
  }

  /**
   * How long this address waits before anything is looked at that it sends; null to go ahead.
   *
   * @param credentialId the credential that is right; 0 if none is
   */
  public @Nullable Duration wait(InetAddress source, long credentialId) {
    Tally tally = bySource.get(key(source));
    if (tally == null) {
      return null;
    }
    Instant now = clock.instant();
    Duration wait = Duration.between(now, tally.blockedUntil);
    // Nobody was told to wait longer than that: the clock was set back since.
    return !wait.isPositive()
            || wait.compareTo(WAIT_MAX) > 0
            || (credentialId != 0 && known.isKnown(key(source), credentialId, now))
        ? null
        : wait;
  }

  /** It succeeded: others' failures from the same address slow it no more, for some days. */
  public void succeeded(InetAddress source, long credentialId) {
    known.succeeded(key(source), credentialId, clock.instant());
  }

  /**
   * It failed.
   *
   * @param aimedAt the credential whose user name was sent; 0 if there is none
   * @param wrong what was sent
   */
  public void failed(InetAddress source, long aimedAt, SecretHash wrong) {
    Instant now = clock.instant();
    int fingerprint = wrong.hashCode();
    boolean attacked = aimedAt != 0 && isAttacked(aimedAt, now);
    int free = attacked ? SOURCE_FREE_UNDER_ATTACK : SOURCE_FREE;
    makeRoom(bySource, now);
    Tally earlier = bySource.get(key(source));
    bySource.compute(key(source), (_, before) -> counted(before, fingerprint, free, now));
    if (aimedAt != 0 && (earlier == null || earlier.lastWrong != fingerprint)) {
      makeRoom(byCredential, now);
      byCredential.compute(
          aimedAt, (_, before) -> counted(before, fingerprint, Integer.MAX_VALUE, now));
    }
  }

  private boolean isAttacked(long credentialId, Instant now) {
    Tally tally = byCredential.get(credentialId);
    return tally != null && tally.level(now) >= CREDENTIAL_ATTACKED;
  }

  private static Tally counted(@Nullable Tally before, int wrong, int free, Instant now) {
    boolean repeated = before != null && before.lastWrong == wrong;
    double level = (before == null ? 0 : before.level(now)) + (repeated ? REPEATED : 1);
    Instant blockedUntil = now;
    if (level > free) {
      double seconds = Math.min(Math.pow(2, level - free - 1), (double) WAIT_MAX.toSeconds());
      blockedUntil = now.plusMillis(Math.round(seconds * 1000));
    }
    return new Tally(level, now, blockedUntil, wrong);
  }

  /** Drops the calmest of some, if there are too many. */
  private static void makeRoom(ConcurrentMap<Long, Tally> tallies, Instant now) {
    if (tallies.size() < COUNTED_MAX) {
      return;
    }
    Iterator<Map.Entry<Long, Tally>> entries = tallies.entrySet().iterator();
    Long calmest = null;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < LOOKED_AT_FOR_ROOM && entries.hasNext(); i++) {
      Map.Entry<Long, Tally> entry = entries.next();
      double level = entry.getValue().level(now);
      if (level < least) {
        least = level;
        calmest = entry.getKey();
      }
    }
    if (calmest != null) {
      tallies.remove(calmest);
    }
  }

  /** How many addresses and credentials are counted. */
  int counted() {
    return bySource.size() + byCredential.size();
  }
}
