package net.homeport.registry.update;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Addresses that no signed update may add to a zone, whatever its key may do. Thread safe; touches
 * no disk.
 */
@FunctionalInterface
public interface AddressVeto {
  /** No address is spared. */
  AddressVeto NONE = (_, _) -> null;

  /** Why this address may not be added to this zone, in words; null if it may. */
  @Nullable String against(Name zone, InetAddress address);
}
