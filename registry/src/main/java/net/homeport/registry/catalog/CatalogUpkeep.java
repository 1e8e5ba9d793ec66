package net.homeport.registry.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The thread that makes catalogs list what they are to list. */
final class CatalogUpkeep implements AutoCloseable {
  /** How many zones share one update of a catalog at most. */
  private static final int ZONES_MAX = 500;

  private static final long RETRY_MILLIS = 1_000;

  private final ZoneWriter writer;
  private final Supplier<Collection<Catalog>> catalogs;
  private final Membership membership;
  private final Supplier<Attribution> attribution;
  private final Object lock = new Object();
  private final Set<Name> waiting = new LinkedHashSet<>(); // guarded by lock
  private boolean all = true; // guarded by lock
  private boolean closed; // guarded by lock
  private @Nullable Thread thread;

  /** What each catalog lists: the owner names by the members. Of the thread. */
  private final Map<Name, Map<Name, Name>> listed = new HashMap<>();

  /** Tells what a catalog is to list. */
  @FunctionalInterface
  interface Membership {
    /** The present creation of a zone; empty if the catalog is not to list it. */
    OptionalLong creation(Catalog catalog, Name zone);
  }

  CatalogUpkeep(
      ZoneWriter writer,
      Supplier<Collection<Catalog>> catalogs,
      Membership membership,
      Supplier<Attribution> attribution) {
    this.writer = writer;
    this.catalogs = catalogs;
    this.membership = membership;
    this.attribution = attribution;
  }

  void start() {
    thread = Thread.ofVirtual().name("catalogs").start(this::run);
  }

  /** A zone has come or gone. Without catalogs nothing is to do; adding one looks at all zones. */
  void changed(Name zone) {
    if (catalogs.get().isEmpty()) {
      return;
    }
    synchronized (lock) {
      waiting.add(zone);
      lock.notifyAll();
    }
  }

  /** All zones are to be looked at. */
  void changedAll() {
    synchronized (lock) {
      all = true;
      lock.notifyAll();
    }
  }

  private void run() {
    Work work = next();
    while (work != null) {
      boolean done;
      try {
        done = perform(work);
      } catch (RegistryStoreException _) {
        // The store has said so itself; what it cannot tell now is asked again.
        done = false;
      }
      if (!done) {
        pause(work);
      }
      work = next();
    }
  }

  private record Work(boolean all, List<Name> zones) {}

  /** What is to be done, as soon as there is something; null at the end. */
  private @Nullable Work next() {
    synchronized (lock) {
      while (!closed && !all && waiting.isEmpty()) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException("nobody interrupts this thread", e);
        }
      }
      if (closed) {
        return null;
      }
      var work = new Work(all, List.copyOf(waiting));
      all = false;
      waiting.clear();
      return work;
    }
  }

  /** Puts work back, and waits a little unless the server stops. */
  private void pause(Work work) {
    synchronized (lock) {
      all |= work.all();
      waiting.addAll(work.zones());
      long until = System.nanoTime() + RETRY_MILLIS * 1_000_000;
      long left = RETRY_MILLIS;
      while (!closed && left > 0) {
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          throw new IllegalStateException("nobody interrupts this thread", e);
        }
        left = (until - System.nanoTime()) / 1_000_000;
      }
    }
  }

  /** Whether all of it took effect. */
  private boolean perform(Work work) {
    if (work.all()) {
      listed.clear();
    }
    boolean done = true;
    for (Catalog catalog : catalogs.get()) {
      done &= perform(catalog, work);
    }
    return done;
  }

  private boolean perform(Catalog catalog, Work work) {
    Zone present = writer.snapshot().zone(catalog.zone());
    if (present == null) {
      listed.remove(catalog.zone());
      // It is being added or removed just now; or the server stopped while it was added.
      return !work.all() || create(catalog);
    }
    Map<Name, Name> owners = listed.get(catalog.zone());
    Set<Name> zones = new LinkedHashSet<>(work.zones());
    if (owners == null) {
      owners = CatalogContent.members(present);
      listed.put(catalog.zone(), owners);
      zones.addAll(owners.keySet());
      writer.snapshot().zones().forEach(zone -> zones.add(zone.apex()));
    }
    List<Name> left = new ArrayList<>(zones);
    for (int from = 0; from < left.size(); from += ZONES_MAX) {
      List<Name> some = left.subList(from, Math.min(left.size(), from + ZONES_MAX));
      if (!submit(catalog, owners, some)) {
        listed.remove(catalog.zone());
        return false;
      }
    }
    return true;
  }

  private boolean create(Catalog catalog) {
    Attribution actor = attribution.get();
    long serial = actor.at().getEpochSecond() & 0xFFFF_FFFFL;
    Zone content = CatalogContent.empty(writer.snapshot(), catalog.zone(), serial);
    return switch (writer.create(new ZoneChange.Created(content, actor)).join()) {
      case CommitResult.Committed _, CommitResult.Unchanged _, CommitResult.Refused _ -> {
        changedAll();
        yield true;
      }
      case CommitResult.Failed _, CommitResult.Overloaded _ -> false;
    };
  }

  private boolean submit(Catalog catalog, Map<Name, Name> owners, List<Name> zones) {
    Map<Name, @Nullable Name> next = new HashMap<>();
    List<UpdateOperation> operations = new ArrayList<>();
    for (Name zone : zones) {
      Name before = owners.get(zone);
      OptionalLong creation = membership.creation(catalog, zone);
      Name after =
          creation.isEmpty()
              ? null
              : CatalogContent.owner(catalog.zone(), zone, creation.getAsLong());
      if (before != null && !before.equals(after)) {
        operations.add(new UpdateOperation.DeleteName(before));
      }
      if (after != null && !after.equals(before)) {
        operations.add(new UpdateOperation.AddRecord(CatalogContent.record(after, zone)));
      }
      next.put(zone, after);
    }
    if (operations.isEmpty()) {
      return true;
    }
    var update =
        new ZoneUpdate(catalog.zone(), List.of(), operations, Management.STATIC, attribution.get());
    return switch (writer.submit(update).join()) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> {
        next.forEach((zone, owner) -> {
          if (owner == null) {
            owners.remove(zone);
          } else {
            owners.put(zone, owner);
          }
        });
        yield true;
      }
      // The catalog itself is gone meanwhile.
      case CommitResult.Refused _ -> true;
      case CommitResult.Failed _, CommitResult.Overloaded _ -> false;
    };
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    Thread running = thread;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
