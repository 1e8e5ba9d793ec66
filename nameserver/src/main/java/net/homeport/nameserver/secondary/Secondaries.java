package net.homeport.nameserver.secondary;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import net.homeport.nameserver.notify.NotifyDoor;
import net.homeport.nameserver.tsig.TsigKeys;
import net.homeport.zone.Zone;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Serial;

/** All zones that other servers are the primaries of, each kept up to date. Safe for any thread. */
public final class Secondaries implements AutoCloseable {
  /** How many zones are checked or transferred at a time; others wait. */
  public static final int TRANSFERS_MAX = 16;

  private final ZoneWriter writer;
  private final ZoneFetch fetch;
  private final RefreshBounds bounds;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Semaphore transfers = new Semaphore(TRANSFERS_MAX, true);
  private final Map<Name, SecondaryZone> zones = new ConcurrentHashMap<>();

  /**
   * @param keys the keys that sign, by the names in the settings
   * @param ledger told when a primary was heard
   * @param random unpredictable
   */
  public Secondaries(
      ZoneWriter writer,
      TsigKeys keys,
      SecondaryLedger ledger,
      RefreshBounds bounds,
      InstantSource clock,
      RandomGenerator random) {
    this.writer = writer;
    this.bounds = bounds;
    this.clock = clock;
    this.random = random;
    var client = new TransferClient(zone -> writer.snapshot().newZone(zone), clock, random);
    this.fetch = new ZoneFetch(writer, client, keys, ledger, clock);
  }

  /**
   * Keeps a zone from now on, and asks its primaries at once. What was not heard of for too long is
   * expired when this returns, and what is not there yet is awaited.
   *
   * @param heard when a primary was last heard, by what the ledger was told; null if never
   */
  public void add(SecondarySettings settings, @Nullable Instant heard) {
    remove(settings.zone());
    var zone = new SecondaryZone(settings, heard, fetch, writer, bounds, clock, random, transfers);
    zones.put(settings.zone(), zone);
    CompletableFuture<CommitResult> awaited = writer.setAwaited(settings.zone(), true);
    if (writer.snapshot().zone(settings.zone()) == null) {
      var _ = awaited.join();
    }
    zone.start();
  }

  /** Keeps a zone no longer; what there is of it stays, and changes no more once this returns. */
  public void remove(Name zone) {
    SecondaryZone removed = zones.remove(zone);
    if (removed != null) {
      removed.close();
      var _ = writer.setAwaited(zone, false).join();
    }
  }

  /** How it stands with a zone; null if it is not kept here. */
  public @Nullable SecondaryStatus status(Name zone) {
    SecondaryZone kept = zones.get(zone);
    return kept == null ? null : kept.status();
  }

  /**
   * Asks the primaries of a zone at once.
   *
   * @param all whether to take the whole zone, whatever its serial
   * @return how it stands afterwards; null if it is not kept here
   */
  public @Nullable CompletableFuture<SecondaryStatus> check(Name zone, boolean all) {
    SecondaryZone kept = zones.get(zone);
    return kept == null ? null : kept.check(all);
  }

  /**
   * Someone says that a zone has changed (RFC 1996). Returns at once.
   *
   * @param from where it came from, which proves nothing by UDP
   * @param key what signed it, verified; null if nothing did
   * @param serial that of the zone there, if it was told: a hint
   * @return whether we listen to this one about this zone
   */
  public NotifyDoor.Verdict notified(
      Name zone, InetAddress from, @Nullable Name key, @Nullable Long serial) {
    SecondaryZone kept = zones.get(zone);
    Zone present = writer.snapshot().zone(zone);
    if (kept == null && present == null) {
      return NotifyDoor.Verdict.NO_SUCH_ZONE;
    }
    if (kept == null || !isPrimary(kept.settings(), from, key)) {
      return NotifyDoor.Verdict.NOT_FROM_THERE;
    }
    boolean known =
        present != null
            && !present.isExpired()
            && serial != null
            && Serial.compare(serial, present.serial()) <= 0;
    if (!known) {
      kept.notified(from);
    }
    return NotifyDoor.Verdict.HEARD;
  }

  private static boolean isPrimary(
      SecondarySettings settings, InetAddress from, @Nullable Name key) {
    return (key != null && key.equals(settings.key()))
        || settings.primaries().stream()
            .anyMatch(primary -> primary.address().getAddress().equals(from));
  }

  /** Keeps no zone any more. */
  @Override
  public void close() {
    zones.values().forEach(SecondaryZone::close);
    zones.clear();
  }
}
