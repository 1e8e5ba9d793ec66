package net.homeport.registry.host;

import net.homeport.registry.credential.Credential;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a name may become a host, and hears what becomes of hosts. Called by one thread
 * at a time, in the order in which hosts change; calls nothing of the registry that changes it.
 */
public interface HostNameCheck {
  /**
   * Why this host may not be added; null if it may.
   *
   * @param host as it would be
   * @param joined the credential that it would join; null when it gets one of its own
   */
  @Nullable Refusal refusal(Host host, @Nullable Credential joined, NameClaim claim);

  /** A host that was added before the start. */
  default void loaded(Host host) {}

  /**
   * A host was decided upon, and will be stored with others; what is decided next reckons with it.
   */
  default void admitted(Host host, NameClaim claim) {}

  /** A host that was {@link #admitted} was not added after all. */
  default void notAdded(Host host, NameClaim claim) {}

  /** A host was added. */
  default void added(Host host, NameClaim claim) {}

  /**
   * A host is about to be removed. What must outlast it is on disk when this returns.
   *
   * @param username user name of its credential; empty if there is none
   * @throws RegistryStoreException when it is not; the host stays then
   */
  default void leaving(Host host, String username) {}

  /** A host was removed. */
  default void left(Host host) {}

  /**
   * A refusal.
   *
   * @param why in words for a person
   * @param override the flag with which the administrator sets it aside, such as {@code --force}
   */
  record Refusal(String why, String override) {}
}
