package net.homeport.registry.zone;

import java.util.Map;
import org.xbill.DNS.Name;

/** Where serial policies are durable. Every change is on disk when the method returns. */
public interface SerialPolicyStore {
  /** Keeps nothing. */
  SerialPolicyStore NONE =
      new SerialPolicyStore() {
        @Override
        public Map<Name, SerialPolicy> serialPolicies() {
          return Map.of();
        }

        @Override
        public void putSerialPolicy(Name zone, SerialPolicy policy) {}
      };

  /** Those that are not {@link SerialPolicy#INCREMENT}. */
  Map<Name, SerialPolicy> serialPolicies();

  /**
   * Keeps that of a zone; {@link SerialPolicy#INCREMENT} need not be kept.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when nothing was stored
   */
  void putSerialPolicy(Name zone, SerialPolicy policy);
}
