package net.homeport.registry.restriction;

import java.util.List;
import net.homeport.registry.host.RegistryStoreException;
import org.xbill.DNS.Name;

/**
 * Where approvals and blocks are durable. Every change is on disk when the method returns, or it
 * throws a {@link RegistryStoreException}. Approvals go with their hosts.
 */
public interface StandingStore {
  /** All approvals. */
  List<HostApproval> approvals();

  /** All blocks. */
  List<HostBlock> blocks();

  /** Keeps an approval. */
  void put(HostApproval approval);

  /** Keeps a block, in place of one of that name. */
  void put(HostBlock block);

  /** Forgets a block. */
  void removeBlock(Name name);
}
