package net.homeport.zone.update;

import java.net.InetAddress;
import org.xbill.DNS.Name;

/**
 * Who sends a request that is not a plain query, and what proves it (RFC 2136 1.1: requestor).
 *
 * @param proof what proves who it is
 * @param address where the request came from; proves nothing by UDP
 * @param carrier how it came
 */
public record Requestor(Proof proof, InetAddress address, Carrier carrier) {

  /** What proves who a requestor is. Verified before this exists. */
  public sealed interface Proof {
    /** Nothing. */
    record None() implements Proof {}

    /** A shared secret (TSIG, RFC 8945) of this key name. */
    record SharedKey(Name key) implements Proof {}

    /** A signature (SIG(0), RFC 2931) by the private half of the public key with this name. */
    record PublicKey(Name key) implements Proof {}
  }

  /** How a request came. */
  public enum Carrier {
    /** A datagram. */
    UDP,
    /** A stream in clear. */
    TCP,
    /** A stream within TLS. */
    TLS
  }
}
