package net.homeport.zone.update;

import java.util.List;
import net.homeport.zone.Management;
import net.homeport.zone.lease.UpdateLease;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * One atomic request to change a zone: RFC 2136 as data. Every front door makes this one type; all
 * of it takes effect, or nothing.
 *
 * @param zone apex of the zone to change
 * @param prerequisites conditions, all of which must hold
 * @param operations changes, in this order
 * @param management what manages the records that it adds; {@link Management#DYNAMIC} may not touch
 *     an RRset that is {@link Management#STATIC}
 * @param aliasConflict what becomes of a record where an alias is in the way
 * @param attribution who asked
 * @param lease for how long the added records are to stay (RFC 9664); null for good
 */
public record ZoneUpdate(
    Name zone,
    List<Prerequisite> prerequisites,
    List<UpdateOperation> operations,
    Management management,
    AliasConflict aliasConflict,
    Attribution attribution,
    @Nullable UpdateLease lease) {
  public ZoneUpdate {
    prerequisites = List.copyOf(prerequisites);
    operations = List.copyOf(operations);
  }

  /** What becomes of adding a record to an alias (CNAME), or an alias to other records. */
  public enum AliasConflict {
    /** It is passed over, and the rest takes effect (RFC 2136 3.4.2.2). */
    IGNORED,
    /** The update is refused: a host whose address is not published must not think it is. */
    REFUSED
  }

  /**
   * One whose records stay for good; if it is a dynamic one, it is refused when an alias is in the
   * way.
   */
  public ZoneUpdate(
      Name zone,
      List<Prerequisite> prerequisites,
      List<UpdateOperation> operations,
      Management management,
      Attribution attribution) {
    this(
        zone,
        prerequisites,
        operations,
        management,
        management == Management.DYNAMIC ? AliasConflict.REFUSED : AliasConflict.IGNORED,
        attribution,
        null);
  }
}
