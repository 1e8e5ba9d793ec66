package net.homeport.registry.host;

/** Which account owns a host. Thread safe; touches no disk. */
@FunctionalInterface
public interface HostOwners {
  /** The administrator owns all hosts. */
  HostOwners ADMINISTRATOR = _ -> NameClaim.ADMINISTRATOR;

  /** The number of the account. */
  long ownerOf(Host host);
}
