package net.homeport.registry.liveness;

import java.util.List;
import net.homeport.registry.host.Host;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Whose reports the addresses of a host stand on. Thread safe; costs a look-up for most hosts. */
@FunctionalInterface
public interface AddressLeaders {
  /** Each host reports for itself. */
  AddressLeaders NONE = _ -> null;

  /**
   * The hosts whose reports it follows: it is heard when one of them is. None of them if an
   * administrator set its addresses; null if the host must be heard itself.
   */
  @Nullable List<Name> of(Host host);
}
