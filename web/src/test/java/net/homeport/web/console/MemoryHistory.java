package net.homeport.web.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import net.homeport.registry.history.HistoryLog;
import net.homeport.registry.history.LoggedChange;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.Journal;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** A journal that remembers what changed, and can be made unreadable. */
final class MemoryHistory implements Journal, ChangeHistory, HistoryLog {
  private final Map<Name, Attribution> last = new ConcurrentHashMap<>();
  private final List<Changeset> all = new CopyOnWriteArrayList<>();
  private final AtomicLong reads = new AtomicLong();
  private volatile boolean unreadable;

  @Override
  public void append(List<ZoneChange> batch) {
    for (ZoneChange change : batch) {
      if (change instanceof Changeset changeset) {
        all.add(changeset);
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

  @Override
  public void newestFirst(
      @Nullable Name zone, @Nullable Name owner, Predicate<LoggedChange> visitor) {
    for (Changeset changeset : all.reversed()) {
      var change =
          new LoggedChange(
              all.indexOf(changeset),
              changeset.zone(),
              LoggedChange.Kind.CHANGED,
              changeset.serialBefore(),
              changeset.serialAfter(),
              changeset.changes());
      boolean isMeant =
          changeset.zone().equals(zone)
              && changeset.changes().stream().anyMatch(one -> one.owner().equals(owner));
      if (isMeant && !visitor.test(change)) {
        return;
      }
    }
  }

  @Override
  public @Nullable Instant completeSince() {
    return null;
  }
}
