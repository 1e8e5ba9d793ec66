package net.homeport.registry.restriction;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostNameCheck;
import net.homeport.registry.host.NameClaim;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Which hosts a person approved, and which names are blocked; in memory over a durable store. Reads
 * take no lock; changes come one after the other, stored first.
 */
public final class HostStandings implements HostNameCheck {
  private final StandingStore store;
  private final Map<Name, HostApproval> approvals = new ConcurrentHashMap<>();
  private final Map<Name, HostBlock> blocks = new ConcurrentHashMap<>();

  /** Loads what the store holds. */
  public HostStandings(StandingStore store) {
    this.store = store;
    store.approvals().forEach(approval -> approvals.put(approval.host(), approval));
    store.blocks().forEach(block -> blocks.put(block.name(), block));
  }

  /** The approval of this host, or null. */
  public @Nullable HostApproval approval(Name host) {
    return approvals.get(host);
  }

  /** The block of this name, or null. */
  public @Nullable HostBlock block(Name name) {
    return blocks.get(name);
  }

  /** Why nobody may change this name; null if they may. */
  public @Nullable String objection(Name name) {
    HostBlock block = blocks.get(name);
    return block == null
        ? null
        : "the name was blocked by %s at %s: %s".formatted(block.by(), block.at(), block.reason());
  }

  /** All blocks, in the order of their names. */
  public List<HostBlock> blocks() {
    return blocks.values().stream().sorted(Comparator.comparing(HostBlock::name)).toList();
  }

  /**
   * Approves a host; one that is approved stays so.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized void approve(HostApproval approval) {
    if (!approvals.containsKey(approval.host())) {
      store.put(approval);
      approvals.put(approval.host(), approval);
    }
  }

  /**
   * Blocks a name, or gives another reason for it.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized void block(HostBlock block) {
    store.put(block);
    blocks.put(block.name(), block);
  }

  /**
   * Ends a block.
   *
   * @return the block that was; null if there was none
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized @Nullable HostBlock unblock(Name name) {
    HostBlock block = blocks.get(name);
    if (block != null) {
      store.removeBlock(name);
      blocks.remove(name);
    }
    return block;
  }

  /** A block stays when its host is removed, so a host of that name may be added: it is blocked. */
  @Override
  public @Nullable Refusal refusal(Host host, @Nullable Credential joined, NameClaim claim) {
    return null;
  }

  @Override
  public synchronized void left(Host host) {
    approvals.remove(host.name());
  }
}
