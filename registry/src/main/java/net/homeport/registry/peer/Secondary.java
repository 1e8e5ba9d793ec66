package net.homeport.registry.peer;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.homeport.registry.policy.SourceNetwork;
import net.homeport.zone.update.Requestor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A secondary name server (RFC 9499) of ours.
 *
 * @param name what we call it
 * @param address where it is told of changes
 * @param key name of the TSIG key that it proves itself with, and that signs what we tell it; null
 *     if its address must do
 * @param zones the zones that it may have; null for all
 * @param tlsOnly whether zones go to it within TLS only (RFC 9103)
 * @param notified whether it is told of changes
 * @param transferFrom where it must come from; if empty, from anywhere with a key, and from {@code
 *     address} without
 * @param createdAt when it was added
 */
public record Secondary(
    String name,
    InetSocketAddress address,
    @Nullable Name key,
    @Nullable Set<Name> zones,
    boolean tlsOnly,
    boolean notified,
    List<SourceNetwork> transferFrom,
    Instant createdAt) {
  /** Where name servers listen unless told otherwise. */
  public static final int DEFAULT_PORT = 53;

  public Secondary {
    zones = zones == null ? null : Set.copyOf(zones);
    transferFrom = List.copyOf(transferFrom);
  }

  /** Whether this zone is among those that it may have. */
  public boolean has(Name zone) {
    return zones == null || zones.contains(zone);
  }

  /** Its zones in canonical order; null for all. */
  public @Nullable List<Name> sortedZones() {
    return zones == null ? null : List.copyOf(new TreeSet<>(zones));
  }

  /** Whether a requestor is this secondary, and comes by a way that it may. */
  public boolean admits(Requestor requestor) {
    if (tlsOnly && requestor.carrier() != Requestor.Carrier.TLS) {
      return false;
    }
    boolean isProved =
        key == null
            ? requestor.proof() instanceof Requestor.Proof.None
            : requestor.proof().equals(new Requestor.Proof.SharedKey(key));
    return isProved && comesFromThere(requestor);
  }

  private boolean comesFromThere(Requestor requestor) {
    if (!transferFrom.isEmpty()) {
      return transferFrom.stream().anyMatch(network -> network.contains(requestor.address()));
    }
    return key != null || address.getAddress().equals(requestor.address());
  }
}
