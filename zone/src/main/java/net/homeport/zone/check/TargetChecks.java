package net.homeport.zone.check;

import net.homeport.zone.LookupResult;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** What records point at: it should exist, and where RFC 2181 10.3 says so be no alias. */
final class TargetChecks {
  private final Zone zone;
  private final Findings findings;

  TargetChecks(Zone zone, Findings findings) {
    this.zone = zone;
    this.findings = findings;
  }

  void check(Name owner, Rrset rrset) {
    switch (rrset.type()) {
      case Type.MX, Type.SRV, Type.CNAME -> {
        for (Record record : rrset.records(owner)) {
          check(owner, rrset.type(), target(record));
        }
      }
      default -> {}
    }
  }

  private static Name target(Record record) {
    return switch (record) {
      case MXRecord mx -> mx.getTarget();
      case SRVRecord srv -> srv.getTarget();
      case CNAMERecord alias -> alias.getTarget();
      default -> Name.root;
    };
  }

  private void check(Name owner, int type, Name target) {
    // The root as a target says that there is no such service (RFC 7505, RFC 2782).
    if (target.equals(Name.root) || !target.subdomain(zone.apex())) {
      return;
    }
    doubled(owner, type, target);
    String what = "the %s target %s of %s".formatted(Type.string(type), target, owner);
    boolean alias = type == Type.CNAME;
    switch (zone.lookup(target, Type.A)) {
      case LookupResult.NameError _ ->
          findings.add(
              alias ? Severity.WARNING : Severity.ERROR,
              "target-missing",
              owner,
              type,
              what + " does not exist; add it, or correct the record");
      case LookupResult.Alias _ -> {
        if (!alias) {
          findings.add(
              Severity.ERROR,
              "target-alias",
              owner,
              type,
              what + " is an alias, which RFC 2181 10.3 forbids; name the host itself");
        }
      }
      case LookupResult.NoData _ -> {
        if (!alias && zone.rrset(target, Type.AAAA) == null) {
          findings.add(
              Severity.WARNING,
              "target-without-address",
              owner,
              type,
              what + " has no address; add an A or AAAA record");
        }
      }
      case LookupResult.Answer _,
          LookupResult.Referral _,
          LookupResult.Expired _,
          LookupResult.NotReady _,
          LookupResult.NotAuthoritative _ -> {}
    }
  }

  /** A relative name that was meant as absolute: the origin is there twice. */
  void doubled(Name owner, int type, Name target) {
    if (zone.apex().equals(Name.root)) {
      return;
    }
    Name twice;
    try {
      twice = Name.concatenate(zone.apex().relativize(Name.root), zone.apex());
    } catch (NameTooLongException _) {
      return;
    }
    if (target.subdomain(twice)) {
      findings.add(
          Severity.WARNING,
          "doubled-origin",
          owner,
          type,
          "%s has the zone's name twice; is the dot at its end missing in the file?"
              .formatted(target));
    }
  }
}
