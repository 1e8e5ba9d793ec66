package net.homeport.registry.policy;

import net.homeport.zone.update.Requestor;
import org.jspecify.annotations.Nullable;

/** Finds what the key of a requestor may do. Safe for any thread; touches no disk. */
@FunctionalInterface
public interface Grants {
  /** The grant of the key that proved who asks; null if there is no such key of that kind. */
  @Nullable Grant of(Requestor.Proof proof);
}
