package net.homeport.zone.update;

import java.util.List;
import net.homeport.zone.lease.UpdateLease;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What an RFC 2136 message asks for, before it is decided whether its requestor may.
 *
 * @param zone name of the zone section
 * @param prerequisites conditions, all of which must hold
 * @param operations changes, in this order
 * @param lease for how long the added records are to stay (RFC 9664); null for good
 */
public record ProposedUpdate(
    Name zone,
    List<Prerequisite> prerequisites,
    List<UpdateOperation> operations,
    @Nullable UpdateLease lease) {
  public ProposedUpdate {
    prerequisites = List.copyOf(prerequisites);
    operations = List.copyOf(operations);
  }

  /** One whose records stay for good. */
  public ProposedUpdate(
      Name zone, List<Prerequisite> prerequisites, List<UpdateOperation> operations) {
    this(zone, prerequisites, operations, null);
  }
}
