package net.homeport.registry.credential;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * From which addresses (IPv6: which /64) which credentials were used in the last days: fingerprints
 * in a table of a fixed size, in which a new one overwrites what stands at its place. Eight octets
 * each, 8 MB at most, and little for few. Thread safe; takes no lock.
 */
public final class KnownSources {
  /** How long a success is remembered. */
  static final Duration REMEMBERED = Duration.ofDays(7);

  private static final int PAGES = 256;
  private static final int PAGE_SLOTS = 4096;

  /** The low bits of a slot say at which hour, modulo seven years. */
  private static final long HOUR_MASK = 0xFFFF;

  private final AtomicReferenceArray<AtomicLongArray> pages = new AtomicReferenceArray<>(PAGES);

  /** It was used from there, now. */
  public void succeeded(InetAddress source, long credentialId, Instant now) {
    succeeded(FailedAttempts.key(source), credentialId, now);
  }

  /** Whether it was used from there in the last days. */
  public boolean isKnown(InetAddress source, long credentialId, Instant now) {
    return isKnown(FailedAttempts.key(source), credentialId, now);
  }

  void succeeded(long source, long credentialId, Instant now) {
    long fingerprint = fingerprint(source, credentialId);
    int number = pageNumber(fingerprint);
    AtomicLongArray page = pages.get(number);
    if (page == null) {
      pages.compareAndSet(number, null, new AtomicLongArray(PAGE_SLOTS));
      page = pages.get(number);
    }
    long value = (fingerprint & ~HOUR_MASK) | hour(now);
    int slot = slot(fingerprint);
    // Most uses are of the same device in the same hour.
    if (page.get(slot) != value) {
      page.set(slot, value);
    }
  }

  boolean isKnown(long source, long credentialId, Instant now) {
    long fingerprint = fingerprint(source, credentialId);
    AtomicLongArray page = pages.get(pageNumber(fingerprint));
    if (page == null) {
      return false;
    }
    long value = page.get(slot(fingerprint));
    long age = (hour(now) - value) & HOUR_MASK;
    return value != 0
        && (value & ~HOUR_MASK) == (fingerprint & ~HOUR_MASK)
        && age <= REMEMBERED.toHours();
  }

  private static long hour(Instant now) {
    return (now.getEpochSecond() / Duration.ofHours(1).toSeconds()) & HOUR_MASK;
  }

  /** The top bits choose the slot and are compared with the others above the hour. */
  private static int pageNumber(long fingerprint) {
    return (int) (fingerprint >>> (Long.SIZE - Byte.SIZE));
  }

  private static int slot(long fingerprint) {
    return (int) (fingerprint >>> 40) & (PAGE_SLOTS - 1);
  }

  /** Mixes all bits of both (the finalizer of SplitMix64, twice). */
  private static long fingerprint(long source, long credentialId) {
    return mixed(mixed(source) ^ credentialId * 0x9E3779B97F4A7C15L);
  }

  private static long mixed(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
