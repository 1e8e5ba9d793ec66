package net.homeport.registry.alarm;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.host.HostOwners;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Type;

/**
 * Notices that an address which is published for a host of one account is now reported by a host of
 * another: the provider may have given it to somebody else, while the first host is silent. Thread
 * safe.
 *
 * <p>Private and shared addresses are many people's at once, and say nothing. Hosts of one account
 * that share an address stand behind one NAT.
 */
public final class AddressOwners implements UpdateObserver {
  /** Addresses that are not one customer's: RFC 1918, 3927, 4193, 6333, 6598, and loopback. */
  private static final List<AddressBlock> SHARED =
      List.of(
          AddressBlock.parse("10.0.0.0/8"),
          AddressBlock.parse("100.64.0.0/10"),
          AddressBlock.parse("127.0.0.0/8"),
          AddressBlock.parse("169.254.0.0/16"),
          AddressBlock.parse("172.16.0.0/12"),
          AddressBlock.parse("192.0.0.0/24"),
          AddressBlock.parse("192.168.0.0/16"),
          AddressBlock.parse("::1/128"),
          AddressBlock.parse("fc00::/7"),
          AddressBlock.parse("fe80::/10"));

  private static final Logger LOG = LoggerFactory.getLogger(AddressOwners.class);

  private final HostRegistry registry;
  private final Supplier<ZoneSnapshot> zones;
  private final HostOwners owners;
  private final AddressAlarms alarms;
  private final PublishedIndex index; // guarded by itself
  private boolean toldFull; // guarded by the index
  // What was heard before all was learned: whoever has published it since before is yet to be met.
  private final Map<Long, Instant> early = new HashMap<>(); // guarded by the index
  private volatile boolean learned;

  public AddressOwners(
      HostRegistry registry,
      Supplier<ZoneSnapshot> zones,
      HostOwners owners,
      AddressAlarms alarms) {
    this.registry = registry;
    this.zones = zones;
    this.owners = owners;
    this.alarms = alarms;
    this.index = new PublishedIndex(this::publishes);
  }

  /** Whether many people have this address at once. */
  static boolean isShared(InetAddress address) {
    for (AddressBlock block : SHARED) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Learns what is published now; hosts that are heard meanwhile are noticed as well. Looks at each
   * host, so it is for a thread of its own at the start; ends early when that is interrupted.
   */
  public void learn() {
    registry.forEachHost(host -> {
      if (!Thread.currentThread().isInterrupted()) {
        learn(host);
      }
    });
    synchronized (index) {
      learned = !Thread.currentThread().isInterrupted();
      early.clear();
    }
  }

  private void learn(Host host) {
    List<InetAddress> addresses = published(host);
    for (InetAddress address : addresses) {
      long key = PublishedIndex.key(address);
      Instant since;
      synchronized (index) {
        if (index.get(key) == null) {
          put(key, host);
        }
        since = early.get(key);
      }
      if (since != null) {
        look(host, addresses, since);
      }
    }
  }

  /** What is published for a host, as far as it is one customer's. */
  private List<InetAddress> published(Host host) {
    ZoneSnapshot snapshot = zones.get();
    var addresses = new ArrayList<InetAddress>(HostAddresses.of(snapshot, host, Type.A));
    addresses.addAll(HostAddresses.of(snapshot, host, Type.AAAA));
    addresses.removeIf(AddressOwners::isShared);
    return addresses;
  }

  private boolean publishes(Host host, long key) {
    return registry.host(host.name()) != null
        && published(host).stream().anyMatch(address -> PublishedIndex.key(address) == key);
  }

  /** Whoever had an address already has been looked at, unless that is still to be learned. */
  @Override
  public void observed(Observation observation) {
    if (!learned && observation.outcome() instanceof UpdateOutcome.Unchanged) {
      Host host = observation.host();
      look(host, published(host), observation.at());
    }
  }

  @Override
  public void made(ProposedChange change, Instant at) {
    var addresses = new ArrayList<>(change.addresses());
    addresses.removeIf(AddressOwners::isShared);
    look(change.host(), addresses, at);
  }

  private void look(Host host, List<InetAddress> addresses, Instant at) {
    for (InetAddress address : addresses) {
      Host before = holder(PublishedIndex.key(address), host, at);
      if (before == null) {
        continue;
      }
      long holder = owners.ownerOf(before);
      long reporter = owners.ownerOf(host);
      if (holder != reporter) {
        synchronized (index) {
          put(PublishedIndex.key(address), host);
        }
        alarms.raise(
            new AddressAlarms.Raised(address, before.name(), holder, host.name(), reporter), at);
      }
    }
  }

  /** Another host for which this is published still; null if there is none. */
  private @Nullable Host holder(long key, Host host, Instant at) {
    synchronized (index) {
      Host before = index.get(key);
      if (before != null && before.name().equals(host.name())) {
        return null;
      }
      if (before != null && publishes(before, key)) {
        return before;
      }
      put(key, host);
      if (!learned) {
        early.put(key, at);
      }
      return null;
    }
  }

  private void put(long key, Host host) {
    if (!index.put(key, host) && !toldFull) {
      toldFull = true;
      LOG.warn(
          "More addresses are published than {} slots hold; of the others, changes of owner are not noticed",
          index.slots());
    }
  }
}
