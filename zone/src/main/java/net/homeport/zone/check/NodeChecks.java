package net.homeport.zone.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** What stands at one name: whether it is answered, how long it is kept, how it is spelled. */
final class NodeChecks {
  /** Longer than this an address that moved is not noticed, in seconds. */
  private static final long ADDRESS_TTL_MAX = 300;

  private final Zone zone;
  private final Findings findings;
  private final NameServerChecks nameServers;
  private long longLived;
  private @Nullable Name firstLongLived;
  private int firstType;

  NodeChecks(Zone zone, Findings findings, NameServerChecks nameServers) {
    this.zone = zone;
    this.findings = findings;
    this.nameServers = nameServers;
  }

  void check(Name owner, List<Rrset> rrsets) {
    boolean below = zone.isBeyondCut(owner) && isBelow(owner);
    boolean cut = has(rrsets, Type.NS) && !owner.equals(zone.apex());
    for (Rrset rrset : rrsets) {
      boolean address = rrset.type() == Type.A || rrset.type() == Type.AAAA;
      if (below) {
        occluded(owner, rrset, address);
      } else if (cut) {
        atCut(owner, rrset, address);
      } else if (address) {
        address(owner, rrset);
      }
      if (rrset.type() == Type.DS && !has(rrsets, Type.NS)) {
        findings.add(
            Severity.WARNING,
            "ds-without-ns",
            owner,
            Type.DS,
            "%s has a DS record and no NS record: nothing is delegated there; add NS, or remove DS"
                .formatted(owner));
      }
      if (rrset.type() == Type.DS && owner.equals(zone.apex())) {
        findings.add(
            Severity.WARNING,
            "ds-at-apex",
            owner,
            Type.DS,
            "a DS record at the apex is not asked for; it belongs in the zone above (RFC 4035 2.4)");
      }
      texts(owner, rrset);
    }
  }

  private static boolean has(List<Rrset> rrsets, int type) {
    return rrsets.stream().anyMatch(rrset -> rrset.type() == type);
  }

  /** Whether a cut or DNAME stands strictly above the name. */
  private boolean isBelow(Name owner) {
    return !owner.equals(zone.apex()) && covering(new Name(owner, 1)) != null;
  }

  private @Nullable Name covering(Name from) {
    for (Name at = from; at.subdomain(zone.apex()); at = new Name(at, 1)) {
      boolean delegates = !at.equals(zone.apex()) && zone.rrset(at, Type.NS) != null;
      if (delegates || zone.rrset(at, Type.DNAME) != null) {
        return at;
      }
      if (at.equals(zone.apex())) {
        return null;
      }
    }
    return null;
  }

  private void occluded(Name owner, Rrset rrset, boolean address) {
    Name above = covering(new Name(owner, 1));
    boolean redirected = above != null && zone.rrset(above, Type.DNAME) != null;
    if (address && !redirected && nameServers.isNameServer(owner)) {
      return;
    }
    findings.add(
        redirected ? Severity.ERROR : Severity.WARNING,
        "occluded",
        owner,
        rrset.type(),
        redirected
            ? "%s is never answered: the DNAME record of %s stands above it (RFC 6672 2.4); remove one of them"
                .formatted(owner, above)
            : "the %s record of %s is never answered: %s is delegated; move it to that zone%s"
                .formatted(
                    Type.string(rrset.type()),
                    owner,
                    above,
                    address ? ", or name it in an NS record if it is meant as glue" : ""));
  }

  private void atCut(Name owner, Rrset rrset, boolean address) {
    boolean belongs =
        switch (rrset.type()) {
          case Type.NS, Type.DS, Type.NSEC, Type.RRSIG, Type.NSEC3 -> true;
          default -> address && nameServers.isNameServer(owner);
        };
    if (!belongs) {
      findings.add(
          Severity.WARNING,
          "occluded",
          owner,
          rrset.type(),
          "the %s record of %s is never answered, for the name is delegated; move it to that zone"
              .formatted(Type.string(rrset.type()), owner));
    }
  }

  private void address(Name owner, Rrset rrset) {
    if (rrset.ttl() > ADDRESS_TTL_MAX && !nameServers.isNameServer(owner)) {
      longLived++;
      if (firstLongLived == null) {
        firstLongLived = owner;
        firstType = rrset.type();
      }
    }
    if (!isHostName(owner)) {
      findings.add(
          Severity.NOTICE,
          "host-name",
          owner,
          rrset.type(),
          "%s has an address, but is no host name: some programs take only letters, digits and '-' (RFC 1123 2.1)"
              .formatted(owner));
    }
  }

  private boolean isHostName(Name owner) {
    for (int label = 0; label < owner.labels() - zone.apex().labels(); label++) {
      String text = owner.getLabelString(label);
      boolean wildcard = label == 0 && text.equals("*");
      if (!wildcard && !text.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")) {
        return false;
      }
    }
    return true;
  }

  private void texts(Name owner, Rrset rrset) {
    if (rrset.type() == Type.SPF) {
      findings.add(
          Severity.NOTICE,
          "spf-type",
          owner,
          Type.SPF,
          "nobody asks for the type SPF any more; publish it as TXT (RFC 7208 3.1)");
    }
    if (rrset.type() == Type.TXT && rrset.count() > 1) {
      long policies = rrset.records(owner).stream().filter(NodeChecks::isSpf).count();
      if (policies > 1) {
        findings.add(
            Severity.ERROR,
            "several-spf",
            owner,
            Type.TXT,
            "%s has %d SPF policies, so that none counts (RFC 7208 4.5); join them into one"
                .formatted(owner, policies));
      }
    }
  }

  /** Its strings are joined: a long policy begins in the first one. */
  private static boolean isSpf(Record record) {
    byte[] first = ((TXTRecord) record).getStringsAsByteArrays().getFirst();
    String text = new String(first, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return text.equals("v=spf1") || text.startsWith("v=spf1 ");
  }

  /** What is told once about many names. */
  void conclude() {
    if (firstLongLived != null) {
      findings.add(
          Severity.NOTICE,
          "address-ttl",
          firstLongLived,
          firstType,
          "%d address RRsets, such as that of %s, have a TTL above %d s; an address that moves is noticed that late"
              .formatted(longLived, firstLongLived, ADDRESS_TTL_MAX));
    }
  }
}
