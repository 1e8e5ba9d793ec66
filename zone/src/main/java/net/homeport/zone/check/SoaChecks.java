package net.homeport.zone.check;

import net.homeport.zone.LookupResult;
import net.homeport.zone.Zone;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** The SOA record: values out of their usual range (RFC 1912 2.2, RIPE-203), and odd names. */
final class SoaChecks {
  /** A name that was asked for before it was added stays unknown so long. */
  private static final long MINIMUM_MAX = 900;

  private static final long REFRESH_MIN = 1200;
  private static final long REFRESH_MAX = 86_400;
  private static final long RETRY_MIN = 120;
  private static final long EXPIRE_MIN = 604_800;
  private static final long EXPIRE_MAX = 3_628_800;

  private final Zone zone;
  private final Findings findings;
  private final SOARecord soa;

  SoaChecks(Zone zone, Findings findings) {
    this.zone = zone;
    this.findings = findings;
    this.soa = zone.soa();
  }

  void run() {
    times();
    primary();
    mailbox();
  }

  private void add(Severity severity, String code, String message) {
    findings.add(severity, code, zone.apex(), Type.SOA, message);
  }

  private void times() {
    long negative = Math.min(soa.getMinimum(), zone.soaRrset().ttl());
    if (negative > MINIMUM_MAX) {
      add(
          Severity.NOTICE,
          "negative-ttl",
          "a new name stays unknown for %d s to those who asked before (SOA MINIMUM); for names that come and go use 60 to %d"
              .formatted(negative, MINIMUM_MAX));
    }
    range("REFRESH", soa.getRefresh(), REFRESH_MIN, REFRESH_MAX);
    if (soa.getRetry() >= soa.getRefresh()) {
      add(
          Severity.WARNING,
          "soa-retry",
          "RETRY %d is not below REFRESH %d; secondaries retry less often than they refresh"
              .formatted(soa.getRetry(), soa.getRefresh()));
    } else {
      range("RETRY", soa.getRetry(), RETRY_MIN, REFRESH_MAX);
    }
    if (soa.getExpire() <= soa.getRefresh() + soa.getRetry()) {
      add(
          Severity.WARNING,
          "soa-expire",
          "EXPIRE %d is not above REFRESH + RETRY %d; one failed transfer makes secondaries give up the zone; use %d or more"
              .formatted(soa.getExpire(), soa.getRefresh() + soa.getRetry(), 2 * EXPIRE_MIN));
    } else {
      range("EXPIRE", soa.getExpire(), EXPIRE_MIN, EXPIRE_MAX);
    }
  }

  private void range(String field, long value, long least, long most) {
    if (value < least || value > most) {
      add(
          Severity.NOTICE,
          "soa-range",
          "%s %d is outside of the usual %d to %d s (RFC 1912 2.2)"
              .formatted(field, value, least, most));
    }
  }

  private void primary() {
    Name host = soa.getHost();
    if (host.subdomain(zone.apex())
        && zone.lookup(host, Type.ANY) instanceof LookupResult.NameError) {
      add(
          Severity.WARNING,
          "soa-mname",
          "the primary name server %s does not exist in the zone; correct MNAME, or add its address"
              .formatted(host));
    }
  }

  private void mailbox() {
    Name admin = soa.getAdmin();
    if (admin.toString().contains("@")) {
      add(
          Severity.WARNING,
          "soa-rname",
          "the mailbox %s has an '@'; in RNAME it is written as '.' (RFC 1035 8)".formatted(admin));
    } else if (admin.labels() < 3 || admin.equals(zone.apex())) {
      add(
          Severity.WARNING,
          "soa-rname",
          "RNAME %s is no mailbox; write it as hostmaster.%s".formatted(admin, zone.apex()));
    }
  }
}
