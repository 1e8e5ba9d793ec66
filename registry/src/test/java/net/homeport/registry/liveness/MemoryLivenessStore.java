package net.homeport.registry.liveness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** What a disk would keep. */
public final class MemoryLivenessStore implements LivenessStore {
  final Map<Name, SeenRow> seen = new LinkedHashMap<>();
  final List<Integer> writes = new ArrayList<>();
  private final Map<Name, LivenessSettings> hosts = new LinkedHashMap<>();
  private final Map<Name, LivenessSettings> zones = new LinkedHashMap<>();
  private @Nullable Listened listened;

  @Override
  public void eachSeen(Consumer<SeenRow> taker) {
    List.copyOf(seen.values()).forEach(taker);
  }

  @Override
  public void keepSeen(List<SeenRow> rows) {
    writes.add(rows.size());
    rows.forEach(row -> seen.put(row.host(), row));
  }

  @Override
  public @Nullable Listened listened() {
    return listened;
  }

  @Override
  public void keepListened(Listened now) {
    listened = now;
  }

  @Override
  public void eachHostSettings(BiConsumer<Name, LivenessSettings> taker) {
    hosts.forEach(taker);
  }

  @Override
  public void eachZoneSettings(BiConsumer<Name, LivenessSettings> taker) {
    zones.forEach(taker);
  }

  @Override
  public void putHostSettings(Name host, LivenessSettings settings) {
    hosts.put(host, settings);
  }

  @Override
  public void putZoneSettings(Name zone, LivenessSettings settings) {
    zones.put(zone, settings);
  }
}
