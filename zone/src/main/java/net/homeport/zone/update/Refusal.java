package net.homeport.zone.update;

import org.xbill.DNS.Rcode;

/** Why an update changed nothing. */
public enum Refusal {
  /** A name that should be in use is not (RFC 2136 3.2.4). */
  NAME_NOT_IN_USE(Rcode.NXDOMAIN),
  /** A name that should not be in use is (RFC 2136 3.2.5). */
  NAME_IN_USE(Rcode.YXDOMAIN),
  /** An RRset that should exist, perhaps with given values, does not (RFC 2136 3.2.1). */
  RRSET_MISSING(Rcode.NXRRSET),
  /** An RRset that should not exist does (RFC 2136 3.2.3). */
  RRSET_EXISTS(Rcode.YXRRSET),
  /** A name is not within the zone (RFC 2136 3.4.1.3). */
  OUTSIDE_ZONE(Rcode.NOTZONE),
  /** We have no such zone (RFC 2136 3.1.2). */
  NO_SUCH_ZONE(Rcode.NOTAUTH),
  /** A static record stands at the name, and the update may change dynamic ones only. */
  STATIC_RECORD(Rcode.REFUSED),
  /**
   * The name lies at or below a delegation: others answer for it, so a change would not be seen.
   */
  BELOW_ZONE_CUT(Rcode.REFUSED),
  /** The name is an alias (CNAME), which excludes other records (RFC 1034 3.6.2). */
  ALIAS(Rcode.REFUSED),
  /** The RRset would be larger than a DNS message can carry. */
  RRSET_TOO_LARGE(Rcode.REFUSED),
  /** More records would be leased than may be (RFC 9664). */
  TOO_MANY_LEASES(Rcode.REFUSED),
  /** A record that cannot be added to a zone, such as one of a meta type or with a wrong TTL. */
  MALFORMED(Rcode.FORMERR);

  private final int rcode;

  Refusal(int rcode) {
    this.rcode = rcode;
  }

  /** The RCODE by which a DNS answer says so. */
  public int rcode() {
    return rcode;
  }
}
