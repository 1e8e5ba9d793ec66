package net.homeport.registry.peer;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.homeport.registry.key.UpdateKey;
import net.homeport.zone.update.Requestor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * All secondaries, in memory over a durable store. Reads take no lock; changes come one after the
 * other, stored first.
 */
public final class SecondaryRegistry {
  /** Most secondaries. */
  public static final int SECONDARIES_MAX = 1_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private final SecondaryStore store;
  private final Function<Name, @Nullable UpdateKey> keys;
  private final Map<String, Secondary> secondaries = new ConcurrentHashMap<>();
  private volatile Consumer<Secondary> onChange = _ -> {};

  /**
   * Loads what the store holds.
   *
   * @param keys finds a key by its name
   */
  public SecondaryRegistry(SecondaryStore store, Function<Name, @Nullable UpdateKey> keys) {
    this.store = store;
    this.keys = keys;
    store.secondaries().forEach(secondary -> secondaries.put(secondary.name(), secondary));
  }

  /** Who is told when a secondary was added or removed, after it is stored. */
  public void onChange(Consumer<Secondary> listener) {
    onChange = listener;
  }

  /** All secondaries by their names. */
  public List<Secondary> secondaries() {
    return secondaries.values().stream().sorted(Comparator.comparing(Secondary::name)).toList();
  }

  /** The secondary of this name, or null. */
  public @Nullable Secondary secondary(String name) {
    return secondaries.get(name);
  }

  /** Whether one of the secondaries that may have this zone is this requestor. */
  public boolean mayTransfer(Name zone, Requestor requestor) {
    return secondaries.values().stream()
        .anyMatch(secondary -> secondary.has(zone) && secondary.admits(requestor));
  }

  /** Those who are to be told of changes of this zone. */
  public List<Secondary> toNotify(Name zone) {
    return secondaries.values().stream()
        .filter(secondary -> secondary.notified() && secondary.has(zone))
        .toList();
  }

  /**
   * Adds a secondary.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized SecondaryChange add(Secondary wanted) {
    Secondary present = secondaries.get(wanted.name());
    if (present != null) {
      return new SecondaryChange.AlreadyThere(present);
    }
    String why = objection(wanted);
    if (why != null) {
      return new SecondaryChange.Refused(why);
    }
    store.add(wanted);
    secondaries.put(wanted.name(), wanted);
    onChange.accept(wanted);
    return new SecondaryChange.Done(wanted);
  }

  private @Nullable String objection(Secondary wanted) {
    if (!NAME.matcher(wanted.name()).matches()) {
      return "'%s' cannot be a secondary's name: 1 to 63 letters, digits, '.', '_' and '-'"
          .formatted(wanted.name());
    }
    if (secondaries.size() == SECONDARIES_MAX) {
      return "there are %d secondaries already, which is the most".formatted(SECONDARIES_MAX);
    }
    if (wanted.zones() != null && wanted.zones().isEmpty()) {
      return "say which zones it may have, or all";
    }
    Name key = wanted.key();
    if (key == null) {
      return null;
    }
    UpdateKey known = keys.apply(key);
    if (known == null) {
      return "there is no key %s; make it with 'homeport key add %s'"
          .formatted(key.toString(true), key.toString(true));
    }
    return known.material() instanceof UpdateKey.Material.Shared
        ? null
        : "the key %s is a public key; a secondary shares a secret (TSIG)"
            .formatted(key.toString(true));
  }

  /**
   * Removes a secondary.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be removed
   */
  public synchronized SecondaryChange remove(String name) {
    Secondary present = secondaries.get(name);
    if (present == null) {
      return new SecondaryChange.NoSuchSecondary(name);
    }
    store.remove(name);
    secondaries.remove(name);
    onChange.accept(present);
    return new SecondaryChange.Done(present);
  }
}
