package net.homeport.web;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.homeport.registry.liveness.LivenessSettings;
import net.homeport.registry.liveness.LivenessStore;
import net.homeport.registry.liveness.SeenRow;
import net.homeport.registry.probe.PortStore;
import net.homeport.registry.truth.TruthPolicy;
import net.homeport.registry.truth.TruthStore;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** What was said of silence and of addresses, for as long as the test runs. */
public final class MemoryLivenessStore implements LivenessStore, TruthStore, PortStore {
  private final Map<Name, LivenessSettings> ofHosts = new ConcurrentHashMap<>();
  private final Map<Name, LivenessSettings> ofZones = new ConcurrentHashMap<>();
  private final Map<Name, TruthPolicy> truth = new ConcurrentHashMap<>();

  @Override
  public void eachSeen(Consumer<SeenRow> taker) {}

  @Override
  public void keepSeen(List<SeenRow> rows) {}

  @Override
  public @Nullable Listened listened() {
    return null;
  }

  @Override
  public void keepListened(Listened listened) {}

  @Override
  public void eachHostSettings(BiConsumer<Name, LivenessSettings> taker) {
    ofHosts.forEach(taker);
  }

  @Override
  public void eachZoneSettings(BiConsumer<Name, LivenessSettings> taker) {
    ofZones.forEach(taker);
  }

  @Override
  public void putHostSettings(Name host, LivenessSettings settings) {
    ofHosts.put(host, settings);
  }

  @Override
  public void putZoneSettings(Name zone, LivenessSettings settings) {
    ofZones.put(zone, settings);
  }

  @Override
  public void eachPorts(BiConsumer<Name, List<Integer>> taker) {}

  @Override
  public void putPorts(Name host, List<Integer> ports) {}

  @Override
  public void eachTruthPolicy(BiConsumer<Name, TruthPolicy> taker) {
    truth.forEach(taker);
  }

  @Override
  public void putTruthPolicy(Name zone, TruthPolicy policy) {
    truth.put(zone, policy);
  }
}
