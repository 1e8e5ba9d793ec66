package net.homeport.registry.liveness;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import net.homeport.registry.host.Host;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What was said about the silence of hosts: of one, of those of a zone, of all. Reads take no lock;
 * changes come one after the other, stored first.
 */
public final class LivenessPolicies {
  private final LivenessStore store;
  private final Map<Name, OfHost> ofHosts = new ConcurrentHashMap<>();
  private final Map<Name, LivenessSettings> ofZones = new ConcurrentHashMap<>();
  private volatile LivenessSettings ofAll = LivenessSettings.NONE;
  private volatile LivenessPolicy general = LivenessPolicy.of(LivenessPolicy.UNLESS_STATED);

  /** A host that is removed and added again is another one, of which nothing was said. */
  private record OfHost(Instant hostAddedAt, LivenessSettings settings) {}

  /**
   * Loads what the store holds.
   *
   * @param hosts the hosts there are
   */
  public LivenessPolicies(LivenessStore store, Function<Name, @Nullable Host> hosts) {
    this.store = store;
    store.eachHostSettings((name, settings) -> {
      Host host = hosts.apply(name);
      if (host != null) {
        ofHosts.put(name, new OfHost(host.createdAt(), settings));
      }
    });
    store.eachZoneSettings((zone, settings) -> remember(zone, settings));
  }

  private void remember(Name zone, LivenessSettings settings) {
    if (zone.equals(Name.root)) {
      ofAll = settings;
      general = LivenessPolicy.of(settings.over(LivenessPolicy.UNLESS_STATED));
    } else if (settings.equals(LivenessSettings.NONE)) {
      ofZones.remove(zone);
    } else {
      ofZones.put(zone, settings);
    }
  }

  /** What was said of this host alone. */
  public LivenessSettings ofHost(Host host) {
    OfHost said = ofHosts.get(host.name());
    return said == null || !said.hostAddedAt.equals(host.createdAt())
        ? LivenessSettings.NONE
        : said.settings;
  }

  /** What was said of this zone alone; of all, if it is the root. */
  public LivenessSettings ofZone(Name zone) {
    return zone.equals(Name.root) ? ofAll : ofZones.getOrDefault(zone, LivenessSettings.NONE);
  }

  /** The zones of which something was said. */
  public Map<Name, LivenessSettings> ofZones() {
    return Map.copyOf(ofZones);
  }

  /** What holds for this host. */
  public LivenessPolicy policy(Host host) {
    LivenessSettings one = ofHosts.isEmpty() ? LivenessSettings.NONE : ofHost(host);
    LivenessSettings zone = ofZones.isEmpty() ? LivenessSettings.NONE : ofZone(host.zone());
    return one.equals(LivenessSettings.NONE) && zone.equals(LivenessSettings.NONE)
        ? general
        : LivenessPolicy.of(one.over(zone).over(ofAll).over(LivenessPolicy.UNLESS_STATED));
  }

  /**
   * Says this of a host, in place of what was said before.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized void sayOfHost(Host host, LivenessSettings settings) {
    store.putHostSettings(host.name(), settings);
    if (settings.equals(LivenessSettings.NONE)) {
      ofHosts.remove(host.name());
    } else {
      ofHosts.put(host.name(), new OfHost(host.createdAt(), settings));
    }
  }

  /**
   * Says this of a zone, or of all as the root, in place of what was said before.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized void sayOfZone(Name zone, LivenessSettings settings) {
    store.putZoneSettings(zone, settings);
    remember(zone, settings);
  }
}
