package net.homeport.agent.netlink;

import java.net.InetAddress;

/** One message of the kernel's NETLINK_ROUTE family, reduced to what the agent asks of it. */
public sealed interface RouteMessage {
  /** Bit of {@link Address#flags}: IPv6 temporary (RFC 8981); on IPv4 the same bit is secondary. */
  int TEMPORARY_OR_SECONDARY = 0x01;

  /** Bit of {@link Address#flags}: duplicate address detection found another owner. */
  int DUPLICATE = 0x08;

  /** Bit of {@link Address#flags}: preferred lifetime is over (RFC 4862 section 5.5.4). */
  int DEPRECATED = 0x20;

  /** Bit of {@link Address#flags}: duplicate address detection still runs (RFC 4862 5.4). */
  int TENTATIVE = 0x40;

  /**
   * RTM_NEWADDR (also sent when only a flag or a lifetime changed) or RTM_DELADDR.
   *
   * @param present true for RTM_NEWADDR
   * @param interfaceIndex the kernel's number of the interface, positive
   * @param address this machine's side of the link, also on a point-to-point link; without scope
   * @param prefixLength bits, 0 to 128
   * @param flags the bits named above, as the kernel set them
   * @param createdTicks when the address was made, in hundredths of a second since the machine
   *     started; 0 when the kernel did not say
   */
  record Address(
      boolean present,
      int interfaceIndex,
      InetAddress address,
      int prefixLength,
      int flags,
      long createdTicks)
      implements RouteMessage {
    /** Whether every bit of {@code flag} is set. */
    public boolean has(int flag) {
      return (flags & flag) == flag;
    }
  }

  /**
   * RTM_NEWROUTE or RTM_DELROUTE.
   *
   * @param present true for RTM_NEWROUTE
   * @param isDefault whether the route covers every destination
   * @param interfaceIndex where it leads; 0 when the kernel named no single interface
   */
  record Route(boolean present, boolean isDefault, int interfaceIndex) implements RouteMessage {}

  /** The answer to a dump is complete. */
  record Done() implements RouteMessage {}

  /** The table changed while it was dumped (NLM_F_DUMP_INTR): what was read is not one state. */
  record DumpInterrupted() implements RouteMessage {}

  /**
   * The kernel refused or acknowledged a request.
   *
   * @param errno 0 for an acknowledgement, else the positive error number
   */
  record Refused(int errno) implements RouteMessage {}

  /** Messages were lost because the socket's buffer was full: only reading everything helps. */
  record Overrun() implements RouteMessage {}

  /** A message of a kind the agent does not look at. */
  record Other(int type) implements RouteMessage {}
}
