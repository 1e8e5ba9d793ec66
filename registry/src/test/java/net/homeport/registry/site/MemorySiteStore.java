package net.homeport.registry.site;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.homeport.registry.host.RegistryStoreException;
import org.xbill.DNS.Name;

/** Sites as they would lie on disk. */
public final class MemorySiteStore implements SiteStore {
  private final Map<String, StoredSite> sites = new ConcurrentHashMap<>();
  private final Map<Name, SiteMember> members = new ConcurrentHashMap<>();
  private volatile boolean full;
  private final AtomicInteger saves = new AtomicInteger();

  /** From now on nothing can be stored, or it can. */
  void full(boolean isFull) {
    full = isFull;
  }

  /** How often values were written. */
  int saves() {
    return saves.get();
  }

  private void refuseIfFull() {
    if (full) {
      throw new RegistryStoreException("the disk is full", new IllegalStateException());
    }
  }

  @Override
  public List<StoredSite> sites() {
    return List.copyOf(sites.values());
  }

  @Override
  public List<SiteMember> members() {
    return List.copyOf(members.values());
  }

  @Override
  public void put(Site site) {
    refuseIfFull();
    sites.compute(
        site.name(),
        (_, before) ->
            before == null
                ? new StoredSite(site, Map.of(), List.of())
                : new StoredSite(site, before.values(), before.chosen()));
  }

  @Override
  public void remove(String site) {
    refuseIfFull();
    sites.remove(site);
    members.values().removeIf(member -> member.site().equals(site));
  }

  @Override
  public void put(SiteMember member) {
    refuseIfFull();
    members.put(member.host(), member);
  }

  @Override
  public void removeMember(Name host) {
    refuseIfFull();
    members.remove(host);
  }

  @Override
  public void save(Collection<StoredSite> stored) {
    refuseIfFull();
    saves.incrementAndGet();
    stored.forEach(site -> sites.put(site.site().name(), site));
  }
}
