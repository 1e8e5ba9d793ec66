package net.homeport.agent.address;

import java.net.InetAddress;
import java.util.Set;

/**
 * An address some interface of this machine has now.
 *
 * @param interfaceName such as {@code eth0}
 * @param address without scope
 * @param flags what the system says of it; empty where it cannot say
 * @param towardsInternet whether the machine would leave for the Internet through this interface
 * @param createdTicks grows with the time the address was made; 0 where the system cannot say
 */
public record CandidateAddress(
    String interfaceName,
    InetAddress address,
    Set<Flag> flags,
    boolean towardsInternet,
    long createdTicks) {

  /** What the system may say of an address. */
  public enum Flag {
    /** Not usable yet: the network is still asked whether another has it (RFC 4862 5.4). */
    TENTATIVE,
    /** Not usable: another has it. */
    DUPLICATE,
    /** Still answers, but is not for new conversations (RFC 4862 section 5.5.4). */
    DEPRECATED,
    /** IPv6 only: made for privacy, gone within days (RFC 8981). */
    TEMPORARY,
    /** IPv4 only: an additional address of a subnet the interface is already in. */
    SECONDARY
  }

  /** Copies the flags. */
  public CandidateAddress {
    flags = Set.copyOf(flags);
  }

  /** IPv4 or IPv6. */
  public AddressFamily family() {
    return AddressFamily.of(address);
  }

  /** Whether the system said {@code flag}. */
  public boolean is(Flag flag) {
    return flags.contains(flag);
  }
}
