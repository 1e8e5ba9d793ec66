package net.homeport.agent.address;

import java.net.Inet4Address;
import java.net.InetAddress;

/** IPv4 or IPv6; the one needs an A record, the other an AAAA record. */
public enum AddressFamily {
  /** Published as an A record (RFC 1035 section 3.4.1). */
  IPV4,
  /** Published as an AAAA record (RFC 3596). */
  IPV6;

  /** The family of {@code address}. */
  public static AddressFamily of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }
}
