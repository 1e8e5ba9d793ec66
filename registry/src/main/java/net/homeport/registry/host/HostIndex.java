package net.homeport.registry.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Which hosts were added with which credential, and all of them in canonical order (RFC 4034 6.1).
 * Each half is made when it is first asked for, by one look at all hosts, and kept since: most
 * servers never need the second. Changed and made under the lock of the {@link HostRegistry}; what
 * it gives may be read without.
 *
 * <p>The first half leaves out hosts that have their credential's name: they are found by it, and a
 * million of them would cost much memory to say nothing.
 */
final class HostIndex {
  private final Object lock;
  private final Supplier<Collection<Host>> hosts;
  private final Predicate<Host> namesake;
  private volatile @Nullable Map<Long, NavigableSet<Name>> byCredential;
  private volatile @Nullable NavigableSet<Name> ordered;

  /**
   * @param lock that of the registry
   * @param namesake whether a host has the name of its credential
   */
  HostIndex(Object lock, Supplier<Collection<Host>> hosts, Predicate<Host> namesake) {
    this.lock = lock;
    this.hosts = hosts;
    this.namesake = namesake;
  }

  void added(Host host) {
    Map<Long, NavigableSet<Name>> index = byCredential;
    if (index != null) {
      add(index, host);
    }
    NavigableSet<Name> order = ordered;
    if (order != null) {
      order.add(host.name());
    }
  }

  void removed(Host host) {
    Map<Long, NavigableSet<Name>> index = byCredential;
    if (index != null) {
      index.computeIfPresent(
          host.credentialId(),
          (_, names) -> {
            names.remove(host.name());
            return names.isEmpty() ? null : names;
          });
    }
    NavigableSet<Name> order = ordered;
    if (order != null) {
      order.remove(host.name());
    }
  }

  private void add(Map<Long, NavigableSet<Name>> index, Host host) {
    if (!namesake.test(host)) {
      index
          .computeIfAbsent(host.credentialId(), _ -> new ConcurrentSkipListSet<>())
          .add(host.name());
    }
  }

  /** The names that were added with a credential, but for its namesake. */
  NavigableSet<Name> of(long credentialId) {
    Map<Long, NavigableSet<Name>> index = byCredential;
    if (index == null) {
      synchronized (lock) {
        index = byCredential;
        if (index == null) {
          index = new ConcurrentHashMap<>();
          for (Host host : hosts.get()) {
            add(index, host);
          }
          byCredential = index;
        }
      }
    }
    NavigableSet<Name> names = index.get(credentialId);
    return names == null ? new ConcurrentSkipListSet<>() : names;
  }

  /** All names. */
  NavigableSet<Name> all() {
    NavigableSet<Name> order = ordered;
    if (order == null) {
      synchronized (lock) {
        order = ordered;
        if (order == null) {
          order = new ConcurrentSkipListSet<>();
          for (Host host : hosts.get()) {
            order.add(host.name());
          }
          ordered = order;
        }
      }
    }
    return order;
  }

  /** Those of the names that lie at or below this one, from the first, at most so many. */
  static List<Name> below(NavigableSet<Name> names, Name top, int max) {
    var found = new ArrayList<Name>();
    // What lies below a name follows it at once in this order.
    for (Name name : names.tailSet(top, true)) {
      if (found.size() >= max || !name.subdomain(top)) {
        break;
      }
      found.add(name);
    }
    return found;
  }
}
