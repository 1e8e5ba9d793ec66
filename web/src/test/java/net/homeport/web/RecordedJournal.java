package net.homeport.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.homeport.registry.history.HistoryLog;
import net.homeport.registry.history.LoggedChange;
import net.homeport.registry.host.ChangeHistory;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.Journal;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** A journal in memory that tells what changed, as the one on disk does; in front of another. */
final class RecordedJournal implements Journal, HistoryLog, ChangeHistory {
  private final Journal next;
  private final List<LoggedChange> changes = new ArrayList<>(); // guarded by this

  RecordedJournal(Journal next) {
    this.next = next;
  }

  @Override
  public void append(List<ZoneChange> batch) {
    next.append(batch);
    synchronized (this) {
      for (ZoneChange change : batch) {
        if (change instanceof Changeset set) {
          changes.add(
              new LoggedChange(
                  changes.size() + 1,
                  set.zone(),
                  LoggedChange.Kind.CHANGED,
                  set.serialBefore(),
                  set.serialAfter(),
                  set.changes()));
        }
      }
    }
  }

  @Override
  public void newestFirst(
      @Nullable Name zone, @Nullable Name owner, Predicate<LoggedChange> visitor) {
    for (LoggedChange change : newestFirst()) {
      boolean isMeant =
          (zone == null || zone.equals(change.zone()))
              && (owner == null
                  || change.changes().stream().anyMatch(each -> each.owner().equals(owner)));
      if (isMeant && !visitor.test(change)) {
        return;
      }
    }
  }

  private synchronized List<LoggedChange> newestFirst() {
    return List.copyOf(changes.reversed());
  }

  @Override
  public @Nullable Instant completeSince() {
    return null;
  }

  @Override
  public @Nullable Attribution lastChange(Name zone, Name owner) {
    return newestFirst().stream()
        .flatMap(change -> change.changes().reversed().stream())
        .filter(change -> change.owner().equals(owner))
        .findFirst()
        .map(RrsetChange::attribution)
        .orElse(null);
  }
}
