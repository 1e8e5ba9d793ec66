package net.homeport.nameserver.tcp;

/** How the octets of a stream are protected on their way. */
public enum StreamProtection {
  /** Not at all. */
  CLEAR,

  /** By TLS, as queries may have it (RFC 7858). */
  TLS,

  /** By TLS 1.3 or later with the ALPN token "dot", as zones must have it (RFC 9103 section 7). */
  TLS_FOR_TRANSFERS
}
