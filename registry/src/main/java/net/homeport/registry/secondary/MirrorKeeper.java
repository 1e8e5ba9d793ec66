package net.homeport.registry.secondary;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Keeps mirrored zones as their primaries have them. Safe for any thread. */
public interface MirrorKeeper {
  /** Keeps a zone from now on. */
  void keep(MirroredZone zone);

  /** Keeps it no longer; it changes no more once this returns. */
  void release(Name zone);

  /** How it stands with a zone; null if it is not kept. */
  @Nullable MirrorStatus status(Name zone);

  /**
   * Asks the primaries at once.
   *
   * @param all whether to take the whole zone, whatever its serial
   * @return how it stands afterwards; null if it is not kept
   */
  @Nullable CompletableFuture<MirrorStatus> check(Name zone, boolean all);
}
