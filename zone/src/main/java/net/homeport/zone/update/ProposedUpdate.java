package net.homeport.zone.update;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * What an RFC 2136 message asks for, before it is decided whether its requestor may.
 *
 * @param zone name of the zone section
 * @param prerequisites conditions, all of which must hold
 * @param operations changes, in this order
 */
public record ProposedUpdate(
    Name zone, List<Prerequisite> prerequisites, List<UpdateOperation> operations) {
  public ProposedUpdate {
    prerequisites = List.copyOf(prerequisites);
    operations = List.copyOf(operations);
  }
}
