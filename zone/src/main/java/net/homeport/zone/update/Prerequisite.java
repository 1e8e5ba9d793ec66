package net.homeport.zone.update;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** A condition on the zone that must hold before an update (RFC 2136 2.4). */
public sealed interface Prerequisite {
  /** RFC 2136 2.4.4: the name has at least one RRset. */
  record NameInUse(Name name) implements Prerequisite {}

  /** RFC 2136 2.4.5: the name has no RRset. */
  record NameNotInUse(Name name) implements Prerequisite {}

  /** RFC 2136 2.4.1: an RRset of this type exists, whatever its values. */
  record RrsetExists(Name name, int type) implements Prerequisite {}

  /** RFC 2136 2.4.2: an RRset exists with exactly these values; TTLs do not matter. */
  record RrsetEquals(Name name, int type, List<Record> records) implements Prerequisite {
    public RrsetEquals {
      records = List.copyOf(records);
    }
  }

  /** RFC 2136 2.4.3: no RRset of this type exists. */
  record RrsetAbsent(Name name, int type) implements Prerequisite {}

  /** The name that the condition is about. */
  Name name();
}
