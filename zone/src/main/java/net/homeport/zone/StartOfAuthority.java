package net.homeport.zone;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;

/** A zone's SOA in the forms in which it is needed; made once for as long as it does not change. */
final class StartOfAuthority {
  private final Rrset rrset;
  private final SOARecord soa;
  private final byte[] negative;

  StartOfAuthority(Name apex, Rrset rrset) {
    this.rrset = rrset;
    this.soa = (SOARecord) rrset.records(apex).getFirst();
    // RFC 2308 5: a negative answer lives as long as the smaller of both.
    long ttl = Math.min(rrset.ttl(), soa.getMinimum());
    this.negative = Rrset.of(List.of(soa), ttl, rrset.management()).body();
  }

  Rrset rrset() {
    return rrset;
  }

  SOARecord soa() {
    return soa;
  }

  /** Answer-ready, with the TTL of negative answers. */
  byte[] negative() {
    return negative;
  }
}
