package net.homeport.registry.secondary;

import java.util.List;
import org.xbill.DNS.Name;

/** Where mirrored zones are durable. Every change is on disk when the method returns. */
public interface MirroredZoneStore {
  /** All of them. */
  List<MirroredZone> mirroredZones();

  /**
   * Keeps one, in place of one of the same name.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when nothing was stored
   */
  void put(MirroredZone zone);

  /**
   * Keeps some as they are now, all or none of them, in place of those of the same names.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when nothing was stored
   */
  void putAll(List<MirroredZone> zones);

  /**
   * Forgets one.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when nothing was removed
   */
  void removeMirroredZone(Name zone);
}
