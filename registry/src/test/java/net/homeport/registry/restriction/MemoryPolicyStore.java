package net.homeport.registry.restriction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.host.RegistryStoreException;
import org.xbill.DNS.Name;

/** Policies, approvals and blocks in memory; can be told to fail. */
public final class MemoryPolicyStore implements PolicyStore, StandingStore {
  private final Map<String, StoredSetting> settings = new LinkedHashMap<>();
  private final Map<Name, HostApproval> approvals = new LinkedHashMap<>();
  private final Map<Name, HostBlock> blocks = new LinkedHashMap<>();
  private volatile boolean failing;

  /** From now on, changes fail or do not. */
  public void failing(boolean fails) {
    failing = fails;
  }

  private void failIfTold() {
    if (failing) {
      throw new RegistryStoreException("the disk is full", new IllegalStateException());
    }
  }

  @Override
  public synchronized List<StoredSetting> settings() {
    return new ArrayList<>(settings.values());
  }

  @Override
  public synchronized void put(StoredSetting setting) {
    failIfTold();
    settings.put(setting.scope() + setting.setting(), setting);
  }

  @Override
  public synchronized void remove(PolicyScope scope, String setting) {
    failIfTold();
    settings.remove(scope + setting);
  }

  @Override
  public synchronized List<HostApproval> approvals() {
    return new ArrayList<>(approvals.values());
  }

  @Override
  public synchronized List<HostBlock> blocks() {
    return new ArrayList<>(blocks.values());
  }

  @Override
  public synchronized void put(HostApproval approval) {
    failIfTold();
    approvals.put(approval.host(), approval);
  }

  @Override
  public synchronized void put(HostBlock block) {
    failIfTold();
    blocks.put(block.name(), block);
  }

  @Override
  public synchronized void removeBlock(Name name) {
    failIfTold();
    blocks.remove(name);
  }
}
