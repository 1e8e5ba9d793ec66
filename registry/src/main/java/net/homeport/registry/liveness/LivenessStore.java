package net.homeport.registry.liveness;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Where it is durable when hosts were heard and what was said about their silence. Each method that
 * changes something is on disk when it returns.
 */
public interface LivenessStore {
  /** Hands over all hosts that were heard, one after the other. */
  void eachSeen(Consumer<SeenRow> taker);

  /** Keeps these in one transaction; those of hosts that there are no more are left out. */
  void keepSeen(List<SeenRow> rows);

  /**
   * Since when the server has been listening, and until when it is known to have; null if never.
   */
  @Nullable Listened listened();

  /** Keeps that. */
  void keepListened(Listened listened);

  /**
   * The time in which reports could be heard.
   *
   * @param since not interrupted for long since then
   * @param until it listened at least until then
   */
  record Listened(Instant since, Instant until) {}

  /** Hands over what was said of hosts. */
  void eachHostSettings(BiConsumer<Name, LivenessSettings> taker);

  /** Hands over what was said of zones, and of all of them as the root. */
  void eachZoneSettings(BiConsumer<Name, LivenessSettings> taker);

  /** Keeps what was said of a host; forgets it if that is nothing. */
  void putHostSettings(Name host, LivenessSettings settings);

  /** Keeps what was said of a zone, or of all as the root; forgets it if that is nothing. */
  void putZoneSettings(Name zone, LivenessSettings settings);
}
