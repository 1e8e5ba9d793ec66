package net.homeport.nameserver.socket;

/** How messages travel to a listener, and the flag by which its address is chosen. */
public enum Transport {
  /** DNS in datagrams. */
  UDP("--dns"),
  /** DNS in a stream. */
  TCP("--dns"),
  /** DNS in a stream within TLS. */
  DOT("--dot"),
  /** HTTP within TLS. */
  HTTPS("--https"),
  /** HTTP, in a TCP stream: its busy port is explained by the same search. */
  HTTP("--web"),
  /** GnuDIP, in a TCP stream. */
  GNUDIP("--gnudip");

  private final String flag;

  Transport(String flag) {
    this.flag = flag;
  }

  /** The flag of the command line that chooses the address and port. */
  String flag() {
    return flag;
  }
}
