package net.homeport.registry.naming;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.host.RegistryStoreException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Freed names and lists of names in memory; can be told to fail. */
public final class MemoryNameStore implements QuarantineStore, NameListStore {
  private final Map<Name, Tombstone> tombstones = new LinkedHashMap<>();
  private final Map<NameRules.Kind, String> lists = new EnumMap<>(NameRules.Kind.class);
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
  public synchronized List<Tombstone> tombstones() {
    return new ArrayList<>(tombstones.values());
  }

  @Override
  public synchronized void put(Tombstone tombstone) {
    failIfTold();
    tombstones.put(tombstone.name(), tombstone);
  }

  @Override
  public synchronized void removeTombstone(Name name) {
    failIfTold();
    tombstones.remove(name);
  }

  @Override
  public synchronized void removeOver(Instant now) {
    failIfTold();
    tombstones.values().removeIf(tombstone -> !now.isBefore(tombstone.until()));
  }

  @Override
  public synchronized @Nullable String list(NameRules.Kind kind) {
    return lists.get(kind);
  }

  @Override
  public synchronized void put(NameRules.Kind kind, @Nullable String text) {
    failIfTold();
    if (text == null) {
      lists.remove(kind);
    } else {
      lists.put(kind, text);
    }
  }
}
