package net.homeport.zone.update;

import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** One change of a zone (RFC 2136 2.5). */
public sealed interface UpdateOperation {
  /** RFC 2136 2.5.1: add a record to its RRset, which takes the record's TTL. */
  record AddRecord(Record record) implements UpdateOperation {
    @Override
    public Name name() {
      return record.getName();
    }
  }

  /** RFC 2136 2.5.2: delete an RRset. */
  record DeleteRrset(Name name, int type) implements UpdateOperation {}

  /** RFC 2136 2.5.3: delete all RRsets of a name. */
  record DeleteName(Name name) implements UpdateOperation {}

  /** RFC 2136 2.5.4: delete one record from its RRset; its TTL does not matter. */
  record DeleteRecord(Record record) implements UpdateOperation {
    @Override
    public Name name() {
      return record.getName();
    }
  }

  /** The owner name that changes. */
  Name name();
}
