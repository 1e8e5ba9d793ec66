package net.homeport.registry.naming;

import java.time.Instant;
import java.util.List;
import net.homeport.registry.host.RegistryStoreException;
import org.xbill.DNS.Name;

/**
 * Where freed names are durable. Every change is on disk when the method returns, or it throws a
 * {@link RegistryStoreException}.
 */
public interface QuarantineStore {
  /** All of them. */
  List<Tombstone> tombstones();

  /** Keeps one, in place of one of that name. */
  void put(Tombstone tombstone);

  /** Forgets one. */
  void removeTombstone(Name name);

  /** Forgets those that are over at this time. */
  void removeOver(Instant now);
}
