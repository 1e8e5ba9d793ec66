package net.homeport.zone.check;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.homeport.zone.LookupResult;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The name servers of the zone and of its delegations, and their glue. */
final class NameServerChecks {
  private final Zone zone;
  private final Findings findings;
  private final Set<Name> targets = new HashSet<>();

  NameServerChecks(Zone zone, Findings findings) {
    this.zone = zone;
    this.findings = findings;
    zone.forEach((owner, rrsets) ->
        rrsets.stream()
            .filter(rrset -> rrset.type() == Type.NS)
            .forEach(rrset ->
                rrset.records(owner).forEach(ns -> targets.add(((NSRecord) ns).getTarget()))));
  }

  /** Whether some NS record names it: then its address may be glue. */
  boolean isNameServer(Name name) {
    return targets.contains(name);
  }

  void check(Name owner, Rrset nameServers) {
    boolean apex = owner.equals(zone.apex());
    if (owner.isWild()) {
      findings.add(
          Severity.WARNING,
          "wildcard-ns",
          owner,
          Type.NS,
          "what NS records at the wildcard %s mean is undefined (RFC 4592 4.2); remove them"
              .formatted(owner));
    }
    for (Record record : nameServers.records(owner)) {
      target(owner, ((NSRecord) record).getTarget(), apex);
    }
    if (apex && nameServers.count() < 2) {
      findings.add(
          Severity.NOTICE,
          "one-name-server",
          owner,
          Type.NS,
          "the zone has one name server; with a second one elsewhere it survives the loss of one (RFC 2182)");
    }
    if (apex && nameServers.count() > 1) {
      oneNetwork(owner, nameServers);
    }
  }

  private void target(Name owner, Name target, boolean apex) {
    if (!target.subdomain(zone.apex())) {
      return;
    }
    if (hasAddress(target)) {
      return;
    }
    String what = "the name server %s of %s".formatted(target, owner);
    boolean beyond = zone.isBeyondCut(target);
    if (beyond && (target.subdomain(owner) || apex)) {
      findings.add(
          Severity.ERROR,
          "missing-glue",
          owner,
          Type.NS,
          what
              + " lies below a delegation and has no address here; add its A or AAAA record as glue");
    } else if (beyond) {
      findings.add(
          Severity.WARNING,
          "missing-glue",
          owner,
          Type.NS,
          what + " lies below another delegation and has no glue; add its A or AAAA record");
    } else if (zone.lookup(target, Type.A) instanceof LookupResult.Alias) {
      findings.add(
          Severity.ERROR,
          "target-alias",
          owner,
          Type.NS,
          what + " is an alias, which RFC 2181 10.3 forbids; name the host itself");
    } else if (!answersByWildcard(target)) {
      findings.add(
          Severity.ERROR,
          "missing-glue",
          owner,
          Type.NS,
          what + " has no address in the zone; add its A or AAAA record");
    }
  }

  private boolean hasAddress(Name name) {
    return zone.rrset(name, Type.A) != null || zone.rrset(name, Type.AAAA) != null;
  }

  private boolean answersByWildcard(Name name) {
    return zone.lookup(name, Type.A) instanceof LookupResult.Answer
        || zone.lookup(name, Type.AAAA) instanceof LookupResult.Answer;
  }

  private void oneNetwork(Name owner, Rrset nameServers) {
    Set<Integer> networks = new HashSet<>();
    for (Record record : nameServers.records(owner)) {
      Name target = ((NSRecord) record).getTarget();
      Rrset addresses = target.subdomain(zone.apex()) ? zone.rrset(target, Type.A) : null;
      if (addresses == null) {
        return;
      }
      for (Record address : addresses.records(target)) {
        byte[] octets = ((ARecord) address).getAddress().getAddress();
        networks.add(Arrays.hashCode(Arrays.copyOf(octets, 3)));
      }
    }
    if (networks.size() == 1) {
      findings.add(
          Severity.NOTICE,
          "one-network",
          owner,
          Type.NS,
          "all name servers are in one IPv4 /24 network, and are lost together with it (RFC 2182 3.1)");
    }
  }
}
