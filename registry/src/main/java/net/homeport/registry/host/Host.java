package net.homeport.registry.host;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A name whose address records a device may change.
 *
 * @param name absolute owner name
 * @param zone apex of the zone it lies in
 * @param credentialId the credential that may change it
 * @param ttl TTL of its address records, in seconds
 * @param createdAt when it was added
 */
public record Host(Name name, Name zone, long credentialId, long ttl, Instant createdAt) {
  /** TTL of a host unless told otherwise: a moved address is forgotten within a minute. */
  public static final long DEFAULT_TTL = 60;

  /**
   * Whether this is the host that stands at its name now, and not another one that was added after
   * it was removed.
   *
   * @param present what stands there, or null
   */
  public boolean isSame(@Nullable Host present) {
    return present != null && present.name().equals(name) && present.createdAt().equals(createdAt);
  }
}
