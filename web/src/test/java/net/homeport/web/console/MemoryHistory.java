package net.homeport.web.console;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.Journal;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** A journal that remembers the last change of each name, and can be made unreadable. */
final class MemoryHistory implements Journal, ChangeHistory {
  private final Map<Name, Attribution> last = new ConcurrentHashMap<>();
  private final AtomicLong reads = new AtomicLong();
  private volatile boolean unreadable;

  @Override
  public void append(List<ZoneChange> batch) {
    for (ZoneChange change : batch) {
      if (change instanceof Changeset changeset) {
        changeset.changes().forEach(rrset -> last.put(rrset.owner(), rrset.attribution()));
      }
    }
  }

  void makeUnreadable() {
    unreadable = true;
  }

  /** How often somebody asked for a last change. */
  long reads() {
    return reads.get();
  }

  @Override
  public @Nullable Attribution lastChange(Name zone, Name owner) {
    reads.incrementAndGet();
    if (unreadable) {
      throw new RegistryStoreException("disk on fire", new IllegalStateException());
    }
    return last.get(owner);
  }
}
