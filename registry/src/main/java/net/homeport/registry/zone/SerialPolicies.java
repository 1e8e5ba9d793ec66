package net.homeport.registry.zone;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.zone.writer.SerialSequence;
import org.xbill.DNS.Name;

/** The serial policy of each zone, in memory over a durable store. Safe for any thread. */
public final class SerialPolicies implements SerialSequence {
  private final SerialPolicyStore store;
  private final InstantSource clock;
  private final Map<Name, SerialPolicy> policies;

  /** Loads what the store holds. */
  public SerialPolicies(SerialPolicyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    policies = new ConcurrentHashMap<>(store.serialPolicies());
  }

  /** That of a zone; {@link SerialPolicy#INCREMENT} unless another one was set. */
  public SerialPolicy of(Name zone) {
    return policies.getOrDefault(zone, SerialPolicy.INCREMENT);
  }

  /**
   * Sets that of a zone, for the changes from now on.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized void set(Name zone, SerialPolicy policy) {
    if (of(zone) == policy) {
      return;
    }
    store.putSerialPolicy(zone, policy);
    if (policy == SerialPolicy.INCREMENT) {
      policies.remove(zone);
    } else {
      policies.put(zone, policy);
    }
  }

  @Override
  public long after(Name zone, long present) {
    return of(zone).after(present, clock.instant());
  }
}
