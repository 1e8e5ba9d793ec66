package net.homeport.nameserver.socket;

/** The transport protocol of a socket. */
public enum Transport {
  UDP,
  TCP
}
