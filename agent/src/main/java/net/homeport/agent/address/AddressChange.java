package net.homeport.agent.address;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A family's address became another one. Losing an address is no change: nothing is deleted.
 *
 * @param before the address known until now, also from before a restart; empty at the very first
 * @param after the address to publish
 * @param family of {@code after}, and of {@code before} if present
 * @param why what made the agent look
 * @param seenAt when it was read
 */
public record AddressChange(
    Optional<InetAddress> before,
    InetAddress after,
    AddressFamily family,
    Why why,
    Instant seenAt) {

  /** What made the agent look at the addresses. */
  public enum Why {
    /** The agent began. */
    STARTED,
    /** The kernel said that addresses or routes may have changed. */
    KERNEL_EVENT,
    /** Time for the regular look. */
    POLLED,
    /** Time to ask the server, or the kernel suggested to. */
    CHECKIP
  }
}
