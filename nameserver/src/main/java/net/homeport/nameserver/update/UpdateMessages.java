package net.homeport.nameserver.update;

import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.homeport.zone.Rrset;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.UpdateLease;
import net.homeport.zone.update.Prerequisite;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.UpdateDoor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Reads UPDATE messages by RFC 2136 section 3, and names what became of them by an RCODE. */
public final class UpdateMessages {
  private UpdateMessages() {}

  /**
   * What this message asks for: its zone section, then its prerequisites, then its update section
   * (3.1, 3.2, 3.4.1), so that the first thing wrong is the one told.
   *
   * @param zones to know whether the zone is one of ours
   * @param lease what its Update Lease option asks for (RFC 9664), or null
   */
  public static UpdateMessage read(
      Message message, ZoneSnapshot zones, @Nullable UpdateLease lease) {
    List<Record> zoneSection = message.getSection(Section.ZONE);
    // 3.1.1: one record, of type SOA.
    if (zoneSection.size() != 1 || zoneSection.getFirst().getType() != Type.SOA) {
      return new UpdateMessage.Unusable(Rcode.FORMERR);
    }
    Name zone = zoneSection.getFirst().getName();
    // 3.1.2, CVE-2026-5946: of another class we have no zone.
    if (zoneSection.getFirst().getDClass() != DClass.IN || zones.zone(zone) == null) {
      return new UpdateMessage.Unusable(Rcode.NOTAUTH);
    }
    try {
      return new UpdateMessage.Proposal(
          new ProposedUpdate(
              zone,
              prerequisites(message.getSection(Section.PREREQ), zone),
              operations(message.getSection(Section.UPDATE), zone),
              lease));
    } catch (UnusableException e) {
      return new UpdateMessage.Unusable(e.rcode);
    }
  }

  /** Stops reading at the first record that cannot be. */
  private static final class UnusableException extends Exception {
    @Serial private static final long serialVersionUID = 1L;
    private final int rcode;

    UnusableException(int rcode) {
      super("unusable", null, false, false);
      this.rcode = rcode;
    }
  }

  private record RrsetName(Name name, int type) {}

  /** 3.2. */
  private static List<Prerequisite> prerequisites(List<Record> section, Name zone)
      throws UnusableException {
    var prerequisites = new ArrayList<Prerequisite>();
    Map<RrsetName, List<Record>> values = new LinkedHashMap<>();
    for (Record record : section) {
      require(record.getTTL() == 0);
      requireWithin(record, zone);
      Name name = record.getName();
      int type = record.getType();
      switch (record.getDClass()) {
        case DClass.ANY -> {
          require(isEmpty(record) && (type == Type.ANY || Rrset.isDataType(type)));
          prerequisites.add(
              type == Type.ANY
                  ? new Prerequisite.NameInUse(name)
                  : new Prerequisite.RrsetExists(name, type));
        }
        case DClass.NONE -> {
          require(isEmpty(record) && (type == Type.ANY || Rrset.isDataType(type)));
          prerequisites.add(
              type == Type.ANY
                  ? new Prerequisite.NameNotInUse(name)
                  : new Prerequisite.RrsetAbsent(name, type));
        }
        case DClass.IN -> {
          require(Rrset.isDataType(type));
          values.computeIfAbsent(new RrsetName(name, type), _ -> new ArrayList<>()).add(record);
        }
        default -> throw new UnusableException(Rcode.FORMERR);
      }
    }
    // 3.2.3: the values of one RRset may stand anywhere among the others.
    values.forEach((key, records) ->
        prerequisites.add(new Prerequisite.RrsetEquals(key.name(), key.type(), records)));
    return prerequisites;
  }

  /** 3.4.1. */
  private static List<UpdateOperation> operations(List<Record> section, Name zone)
      throws UnusableException {
    var operations = new ArrayList<UpdateOperation>(section.size());
    for (Record record : section) {
      requireWithin(record, zone);
      int type = record.getType();
      switch (record.getDClass()) {
        case DClass.IN -> {
          require(Rrset.isDataType(type) && !isEmpty(record));
          operations.add(new UpdateOperation.AddRecord(record));
        }
        case DClass.ANY -> {
          require(
              record.getTTL() == 0
                  && isEmpty(record)
                  && (type == Type.ANY || Rrset.isDataType(type)));
          operations.add(
              type == Type.ANY
                  ? new UpdateOperation.DeleteName(record.getName())
                  : new UpdateOperation.DeleteRrset(record.getName(), type));
        }
        case DClass.NONE -> {
          require(record.getTTL() == 0 && Rrset.isDataType(type) && !isEmpty(record));
          operations.add(new UpdateOperation.DeleteRecord(record));
        }
        default -> throw new UnusableException(Rcode.FORMERR);
      }
    }
    return operations;
  }

  private static boolean isEmpty(Record record) {
    try {
      return record.rdataToWireCanonical().length == 0;
    } catch (RuntimeException _) {
      return false; // The library reads some RDATA that it cannot write.
    }
  }

  private static void require(boolean condition) throws UnusableException {
    if (!condition) {
      throw new UnusableException(Rcode.FORMERR);
    }
  }

  private static void requireWithin(Record record, Name zone) throws UnusableException {
    if (!record.getName().subdomain(zone)) {
      throw new UnusableException(Rcode.NOTZONE);
    }
  }

  /** The RCODE that tells the requestor what became of its update (RFC 2136 2.2). */
  public static int rcode(UpdateDoor.Decision decision) {
    return switch (decision) {
      case UpdateDoor.Decision.NotAllowed _ -> Rcode.REFUSED;
      // RFC 2136 has no word for it; what passes by itself must not look like a no for good.
      case UpdateDoor.Decision.NotNow _ -> Rcode.SERVFAIL;
      case UpdateDoor.Decision.Decided decided ->
          switch (decided.result()) {
            case CommitResult.Committed _, CommitResult.Unchanged _ -> Rcode.NOERROR;
            case CommitResult.Refused refused -> rcode(refused.why());
            // Ours, not theirs: to try again later is right.
            case CommitResult.Failed _, CommitResult.Overloaded _ -> Rcode.SERVFAIL;
          };
    };
  }

  private static int rcode(Refusal why) {
    return why.rcode();
  }
}
