package net.homeport.nameserver.query;

import java.util.List;
import net.homeport.zone.LookupResult;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Fills one response with what a snapshot says of a question, following aliases inside our zones
 * (RFC 1034 4.3.2). Answers are minimal: no additional records but the glue of a referral.
 */
final class QueryAnswer {
  /** How many aliases are followed; the rest is left to the resolver. Also what ends a loop. */
  private static final int ALIASES_MAX = 16;

  private final ZoneSnapshot snapshot;
  private final Message response;
  private boolean isNotReady;

  QueryAnswer(ZoneSnapshot snapshot, Message response) {
    this.snapshot = snapshot;
    this.response = response;
  }

  /** Whether the name that was asked for lies in a zone of which nothing has come yet. */
  boolean isNotReady() {
    return isNotReady;
  }

  /** Adds the records; returns the RCODE. */
  int find(Name question, int type) {
    Name name = question;
    for (int aliases = 0; ; aliases++) {
      boolean first = aliases == 0;
      switch (snapshot.lookup(name, type)) {
        case LookupResult.Answer answer -> {
          authoritative();
          // A chain may have said it already, as a DNAME that was asked for (RFC 2181 5).
          for (Record record : answer.rrset().records(name)) {
            if (!response.findRecord(record, Section.ANSWER)) {
              response.addRecord(record, Section.ANSWER);
            }
          }
          return Rcode.NOERROR;
        }
        case LookupResult.NoData noData -> {
          authoritative();
          addSoa(noData.zone());
          return Rcode.NOERROR;
        }
        case LookupResult.NameError nameError -> {
          // RFC 6604 3: the RCODE is about the last name of a chain.
          authoritative();
          addSoa(nameError.zone());
          return Rcode.NXDOMAIN;
        }
        case LookupResult.Referral referral -> {
          addReferral(referral);
          return Rcode.NOERROR;
        }
        case LookupResult.NotAuthoritative _ -> {
          return first ? Rcode.REFUSED : Rcode.NOERROR;
        }
        case LookupResult.NotReady _ -> {
          isNotReady = first;
          return first ? Rcode.SERVFAIL : Rcode.NOERROR;
        }
        case LookupResult.Expired _ -> {
          // RFC 1034 4.3.5: nothing of it; another server of the zone may know.
          return Rcode.SERVFAIL;
        }
        case LookupResult.Alias alias -> {
          authoritative();
          Name target = addAlias(name, alias);
          if (target == null) {
            return Rcode.YXDOMAIN;
          }
          // A CNAME that was asked for is the answer, be it synthesised (RFC 1034 3.6.2).
          if (type == Type.CNAME || aliases == ALIASES_MAX || isLoop(target)) {
            return Rcode.NOERROR;
          }
          name = target;
        }
      }
    }
  }

  private void authoritative() {
    response.getHeader().setFlag(Flags.AA);
  }

  private void add(int section, List<Record> records) {
    for (Record record : records) {
      response.addRecord(record, section);
    }
  }

  private void addSoa(Zone zone) {
    SOARecord soa = zone.soa();
    long ttl = Math.min(soa.getTTL(), soa.getMinimum());
    Rrset negative = Rrset.of(List.of(soa), ttl, zone.soaRrset().management());
    add(Section.AUTHORITY, negative.records(zone.apex()));
  }

  private void addReferral(LookupResult.Referral referral) {
    add(Section.AUTHORITY, referral.nameServers().records(referral.cut()));
    for (LookupResult.Glue glue : referral.glue()) {
      add(Section.ADDITIONAL, glue.addresses().records(glue.owner()));
    }
  }

  private @Nullable Name addAlias(Name name, LookupResult.Alias alias) {
    for (Record record : alias.rrset().records(alias.owner())) {
      // A chain may pass the same DNAME more than once; it is said once (RFC 2181 5).
      if (!response.findRecord(record, Section.ANSWER)) {
        response.addRecord(record, Section.ANSWER);
      }
    }
    Name target = alias.target();
    if (target != null && alias.rrset().type() == Type.DNAME) {
      // RFC 6672 3.1: a CNAME synthesised for those who do not know DNAME.
      response.addRecord(
          new CNAMERecord(name, DClass.IN, alias.rrset().ttl(), target), Section.ANSWER);
    }
    return target;
  }

  /** Whether an alias of this name is in the answer already: to follow it would say it twice. */
  private boolean isLoop(Name target) {
    return response.getSection(Section.ANSWER).stream()
        .anyMatch(record -> record.getType() == Type.CNAME && record.getName().equals(target));
  }
}
