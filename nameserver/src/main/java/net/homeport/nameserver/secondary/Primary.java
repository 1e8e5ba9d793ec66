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
     * @param name what the certificate must be for, by an authority that the system trusts; null to
     *     take any
     * @param pin SHA-256 of the certificate's public key in Base64; null for no pin
     */
    record Tls(@Nullable String name, @Nullable String pin) implements Security {}
  }

  @Override
  public String toString() {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
