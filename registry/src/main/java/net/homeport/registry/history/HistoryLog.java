package net.homeport.registry.history;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The journal as history. Reads the disk, and may take seconds. Thread safe. */
public interface HistoryLog {
  /**
   * Visits what happened, the newest first, until the visitor answers false.
   *
   * @param zone apex of the zones to tell of, those that are gone included; null for all
   * @param owner tells only of commits that changed this owner name, and of zones around it that
   *     came and went; null for all
   * @throws net.homeport.registry.host.RegistryStoreException when it cannot be read
   */
  void newestFirst(@Nullable Name zone, @Nullable Name owner, Predicate<LoggedChange> visitor);

  /** The time since when nothing is forgotten; null if nothing ever was. */
  @Nullable Instant completeSince();
}
