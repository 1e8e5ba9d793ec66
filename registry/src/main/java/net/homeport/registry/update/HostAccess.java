package net.homeport.registry.update;

import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import org.jspecify.annotations.Nullable;

/** Which credential may change the addresses of which host. Thread safe; touches no disk. */
@FunctionalInterface
public interface HostAccess {
  /** Each host has a credential that may change it. */
  HostAccess OWN_CREDENTIAL = (credential, host) -> host.credentialId() == credential.id();

  /** Whether it may. */
  boolean mayChange(Credential credential, Host host);

  /** The host that it may change if there is only one; null if there are none or several. */
  default @Nullable Host onlyHost(Credential credential) {
    return null;
  }

  /**
   * The hosts that a group stands for (No-IP), as far as the credential may change them.
   *
   * @param name one label
   * @return none if there is no such group
   */
  default List<Host> group(String name, Credential credential) {
    return List.of();
  }
}
