package net.homeport.zone.update;

import java.util.List;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * One difference sequence of an incremental transfer (RFC 1995 section 4): what leads from one
 * version of a zone to the next one.
 *
 * @param from SOA record of the version before
 * @param deleted records that are gone, without the SOA
 * @param to SOA record of the version after
 * @param added records that are new, without the SOA
 */
public record ZoneDifference(
    SOARecord from, List<Record> deleted, SOARecord to, List<Record> added) {
  public ZoneDifference {
    deleted = List.copyOf(deleted);
    added = List.copyOf(added);
  }
}
