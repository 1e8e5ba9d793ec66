package net.homeport.nameserver.query;

import java.net.InetAddress;

/**
 * Who sent a message, and how it came.
 *
 * @param address where it came from; the answer goes there
 * @param carrier what bounds the answer, and who can read it on its way
 */
public record Asker(InetAddress address, Carrier carrier) {

  /** How messages travel. */
  public enum Carrier {
    /** A datagram: the sender's address may be forged, the answer is at most 1232 octets. */
    UDP,
    /** A stream in clear (RFC 7766): anything a DNS message can hold. */
    TCP,
    /** A stream within TLS (RFC 7858). */
    TLS,
    /** An HTTP exchange within TLS (RFC 8484). */
    HTTPS;

    /** Whether an answer may have any length that a DNS message can have. */
    public boolean isStream() {
      return this != UDP;
    }

    /** Whether nobody on the way can read it, so that only its length tells of it (RFC 8467). */
    public boolean isEncrypted() {
      return this == TLS || this == HTTPS;
    }
  }
}
