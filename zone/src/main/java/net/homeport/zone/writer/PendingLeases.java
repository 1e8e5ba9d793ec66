package net.homeport.zone.writer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.homeport.zone.Rrset;
import net.homeport.zone.lease.Lease;
import net.homeport.zone.lease.LeaseBook;
import net.homeport.zone.lease.UpdateLease;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneUpdate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a batch changes about leases, over the book as it was before the batch. */
final class PendingLeases {
  private final LeaseBook book;
  private final Map<Name, Map<Record, Lease>> changed = new LinkedHashMap<>();

  PendingLeases(LeaseBook book) {
    this.book = book;
  }

  /** Whether this update would lease more records than there may be. */
  boolean exceed(ZoneUpdate update) {
    int pending = changed.values().stream().mapToInt(Map::size).sum();
    return update.lease() != null
        && book.count() + pending + update.operations().size() > LeaseBook.LEASES_MAX;
  }

  /** An update is about to take effect, by which these RRsets change. */
  void update(ZoneUpdate update, List<RrsetChange> changes) {
    UpdateLease lease = update.lease();
    for (UpdateOperation operation : update.operations()) {
      if (operation instanceof UpdateOperation.AddRecord(Record record)
          && record.getType() != Type.SOA) {
        Instant expires =
            lease == null ? null : update.attribution().at().plusSeconds(lease.secondsOf(record));
        if (expires != null || isLeased(update.zone(), record)) {
          put(new Lease(update.zone(), record, expires));
        }
      }
    }
    for (RrsetChange change : changes) {
      Rrset after = change.after();
      List<Record> left = after == null ? List.of() : after.records(change.owner());
      endAllBut(update.zone(), change, left);
    }
  }

  /** Others have decided what these RRsets are: none of their records is leased any more. */
  void replaced(Name zone, List<RrsetChange> changes) {
    changes.forEach(change -> endAllBut(zone, change, List.of()));
  }

  private void endAllBut(Name zone, RrsetChange change, List<Record> left) {
    for (Record record : leased(zone, change.owner(), change.type())) {
      if (!left.contains(record)) {
        put(new Lease(zone, record, null));
      }
    }
  }

  private void put(Lease lease) {
    changed.computeIfAbsent(lease.zone(), _ -> new LinkedHashMap<>()).put(lease.record(), lease);
  }

  private boolean isLeased(Name zone, Record record) {
    return leased(zone, record.getName(), record.getType()).contains(record);
  }

  private Set<Record> leased(Name zone, Name owner, int type) {
    Set<Record> before = book.leased(zone, owner, type);
    Map<Record, Lease> pending = changed.getOrDefault(zone, Map.of());
    if (pending.isEmpty()) {
      return before;
    }
    var leased = new HashSet<>(before);
    pending.forEach((record, lease) -> {
      if (lease.expires() == null) {
        leased.remove(record);
      } else if (record.getType() == type && record.getName().equals(owner)) {
        leased.add(record);
      }
    });
    return leased;
  }

  /** Those of the book that have expired and were not renewed in this batch. */
  List<Lease> expired(Instant now, int most) {
    return book.expired(now, most).stream()
        .filter(lease -> !changed.getOrDefault(lease.zone(), Map.of()).containsKey(lease.record()))
        .toList();
  }

  /** A record's lease is over, whether or not it could be taken out. */
  void end(Lease lease) {
    put(new Lease(lease.zone(), lease.record(), null));
  }

  /** The zone is gone, or is made anew. */
  void forget(Name zone) {
    changed.remove(zone);
  }

  /** What has changed in a zone; empties it. */
  @Nullable List<Lease> take(Name zone) {
    Map<Record, Lease> leases = changed.remove(zone);
    return leases == null ? null : new ArrayList<>(leases.values());
  }

  /** The zones of which {@link #take} has something. */
  List<Name> zones() {
    return List.copyOf(changed.keySet());
  }
}
