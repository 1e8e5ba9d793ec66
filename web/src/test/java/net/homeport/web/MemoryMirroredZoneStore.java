package net.homeport.web;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.secondary.MirroredZone;
import net.homeport.registry.secondary.MirroredZoneStore;
import org.xbill.DNS.Name;

/** Mirrored zones that are gone with the process. */
final class MemoryMirroredZoneStore implements MirroredZoneStore {
  private final Map<Name, MirroredZone> zones = new ConcurrentHashMap<>();

  @Override
  public List<MirroredZone> mirroredZones() {
    return List.copyOf(zones.values());
  }

  @Override
  public void put(MirroredZone zone) {
    putAll(List.of(zone));
  }

  @Override
  public void putAll(List<MirroredZone> some) {
    some.forEach(zone -> zones.put(zone.zone(), zone));
  }

  @Override
  public void removeMirroredZone(Name zone) {
    zones.remove(zone);
  }
}
