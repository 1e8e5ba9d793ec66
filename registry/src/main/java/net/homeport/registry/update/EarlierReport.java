package net.homeport.registry.update;

import java.time.Instant;
import net.homeport.registry.credential.RequestOrigin;
import org.xbill.DNS.Name;

/**
 * What a device reported, of which what stood against it may have gone since.
 *
 * @param host its name
 * @param credentialId of the credential that proved it
 * @param wish with the host's full name
 * @param at when it was heard
 */
public record EarlierReport(
    Name host, long credentialId, RequestOrigin origin, HostWish wish, Instant at) {
  /** What was observed, but for what the client calls itself. */
  public static EarlierReport of(Observation observation) {
    Name host = observation.host().name();
    RequestOrigin origin = observation.origin();
    return new EarlierReport(
        host,
        observation.credential().id(),
        new RequestOrigin(origin.source(), origin.frontDoor(), origin.tlsVersion(), ""),
        observation.wish().about(host.toString(true)),
        observation.at());
  }

  /**
   * Both, of which this is the later one: many devices report each family in a request of its own.
   * What another credential or another connection said is not taken over.
   */
  public EarlierReport after(EarlierReport earlier) {
    boolean sameVoice =
        credentialId == earlier.credentialId && wish.uplink().equals(earlier.wish.uplink());
    return sameVoice
        ? new EarlierReport(host, credentialId, origin, wish.orElse(earlier.wish), at)
        : wish.isEmpty() ? earlier : this;
  }

  /** What is left of it once this was done. */
  public EarlierReport without(HostWish done) {
    return new EarlierReport(host, credentialId, origin, wish.without(done), at);
  }

  /** Whether it says the same, sooner or later. */
  public boolean saysTheSame(EarlierReport other) {
    return credentialId == other.credentialId
        && host.equals(other.host)
        && origin.equals(other.origin)
        && wish.equals(other.wish);
  }
}
