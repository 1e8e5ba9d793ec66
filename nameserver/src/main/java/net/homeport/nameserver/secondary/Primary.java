package net.homeport.nameserver.secondary;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A server that we take a zone from, and how it is spoken to. */
public record Primary(InetSocketAddress address, Security security) {
  /** How what is said is protected; TSIG is apart from it. */
  public sealed interface Security {
    /** Not at all. */
    record Clear() implements Security {}

    /**
     * Within TLS (RFC 9103).
     *
     * <p>All that is given must hold; what is not signed by an authority of the system needs
     * authorities or a pin.
     *
     * @param name what the certificate must be for: a DNS name, or an address; null for the
     *     primary's address if there are authorities, and for anything otherwise
     * @param pin SHA-256 of the certificate's public key in Base64 (RFC 7858 section 4.2); null for
     *     no pin
     * @param authorities certificates in PEM, one of which must have signed that of the primary, or
     *     be it; null for those that the system trusts if there is a name and no pin, and for none
     *     otherwise
     */
    record Tls(@Nullable String name, @Nullable String pin, @Nullable String authorities)
        implements Security {
      /** Whether the certificate must be for the name, or else the address, of the primary. */
      boolean isIdentified() {
        return name != null || authorities != null;
      }
    }
  }

  @Override
  public String toString() {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
