package net.homeport.registry.secondary;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A zone that is a copy of what its primaries have.
 *
 * @param primaries asked in this order, 1 to {@link #PRIMARIES_MAX}
 * @param key name of the TSIG key that signs; null for none
 * @param tls how TLS is spoken; null for not at all
 * @param lastChecked when a primary was last heard; null if never
 * @param lastTransferred when something was last transferred; null if never
 */
public record MirroredZone(
    Name zone,
    List<InetSocketAddress> primaries,
    @Nullable Name key,
    @Nullable PrimaryTls tls,
    @Nullable Instant lastChecked,
    @Nullable Instant lastTransferred) {
  /** Most primaries of a zone. */
  public static final int PRIMARIES_MAX = 8;

  public MirroredZone {
    primaries = List.copyOf(primaries);
  }

  /**
   * How TLS is spoken with the primaries (RFC 9103). All that is given must hold; nothing given,
   * any certificate is taken.
   *
   * @param name what their certificates are for, by one of the authorities, or if there are none
   *     and no pin by one that the system trusts; null for their addresses if there are
   *     authorities, and for anything otherwise
   * @param pin SHA-256 of the certificate's public key in Base64; null for none
   * @param authorities certificates in PEM that may vouch for theirs; null for none
   */
  public record PrimaryTls(
      @Nullable String name, @Nullable String pin, @Nullable String authorities) {}

  MirroredZone heard(Instant at, boolean transferred) {
    return new MirroredZone(zone, primaries, key, tls, at, transferred ? at : lastTransferred);
  }
}
