package net.homeport.zone.lease;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Which records are leased until when. Of one thread. */
public final class LeaseBook {
  /** How many records may be leased; an update that would lease more is refused. */
  public static final int LEASES_MAX = 1_000_000;

  private final Map<RrsetKey, Map<Record, Instant>> byRrset = new HashMap<>();
  private final TreeMap<Instant, Map<RecordKey, Lease>> byExpiry =
      new TreeMap<>(Comparator.naturalOrder());
  private int count;

  private record RrsetKey(Name zone, Name owner, int type) {
    static RrsetKey of(Lease lease) {
      return new RrsetKey(lease.zone(), lease.record().getName(), lease.record().getType());
    }
  }

  private record RecordKey(Name zone, Record record) {}

  /** Takes note of what is so now. */
  public void apply(Collection<Lease> leases) {
    leases.forEach(this::apply);
  }

  private void apply(Lease lease) {
    RrsetKey rrset = RrsetKey.of(lease);
    Map<Record, Instant> records = byRrset.computeIfAbsent(rrset, _ -> new HashMap<>(2));
    Instant expires = lease.expires();
    Instant before =
        expires == null ? records.remove(lease.record()) : records.put(lease.record(), expires);
    var key = new RecordKey(lease.zone(), lease.record());
    if (before != null) {
      Map<RecordKey, Lease> then = byExpiry.get(before);
      if (then != null && then.remove(key) != null && then.isEmpty()) {
        byExpiry.remove(before);
      }
      count--;
    }
    if (expires != null) {
      byExpiry.computeIfAbsent(expires, _ -> new HashMap<>(2)).put(key, lease);
      count++;
    }
    if (records.isEmpty()) {
      byRrset.remove(rrset);
    }
  }

  /** The leased records of an RRset. */
  public Set<Record> leased(Name zone, Name owner, int type) {
    return byRrset.getOrDefault(new RrsetKey(zone, owner, type), Map.of()).keySet();
  }

  /** Forgets all of a zone. */
  public void forget(Name zone) {
    List<Lease> gone =
        byExpiry.values().stream()
            .flatMap(then -> then.values().stream())
            .filter(lease -> lease.zone().equals(zone))
            .map(lease -> new Lease(zone, lease.record(), null))
            .toList();
    apply(gone);
  }

  /** Those that have expired, the oldest first, at most {@code most}. */
  public List<Lease> expired(Instant now, int most) {
    var expired = new ArrayList<Lease>();
    for (Map<RecordKey, Lease> then : byExpiry.headMap(now, true).values()) {
      for (Lease lease : then.values()) {
        if (expired.size() == most) {
          return expired;
        }
        expired.add(lease);
      }
    }
    return expired;
  }

  /** When the next one expires; null if there is none. */
  public @Nullable Instant nextExpiry() {
    return byExpiry.isEmpty() ? null : byExpiry.firstKey();
  }

  /** How many records are leased. */
  public int count() {
    return count;
  }
}
