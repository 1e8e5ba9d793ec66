package net.homeport.registry.history;

import java.util.List;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What a zone answered for a name.
 *
 * @param how why these
 * @param owner of the RRsets: the name, or the wildcard, the delegation or the DNAME around it
 * @param rrsets empty if there are none
 */
public record PastAnswer(How how, Name owner, List<Rrset> rrsets) {
  /** How a name is answered. */
  public enum How {
    /** The name has these records. */
    RECORDS,
    /** The name does not exist; a wildcard answers for it (RFC 4592). */
    WILDCARD,
    /** The name lies at or below a delegation: its name servers were referred to. */
    DELEGATION,
    /** The name lies below a DNAME (RFC 6672). */
    REDIRECTION,
    /** The name has no records, but names below it do. */
    EMPTY,
    /** The name does not exist. */
    ABSENT
  }

  public PastAnswer {
    rrsets = List.copyOf(rrsets);
  }

  /** What this zone, in which the name lies, answers for it. */
  public static PastAnswer of(Zone zone, Name name) {
    int apexLabels = zone.apex().labels();
    for (int labels = apexLabels; labels < name.labels(); labels++) {
      Name ancestor = new Name(name, name.labels() - labels);
      Rrset nameServers = labels > apexLabels ? zone.rrset(ancestor, Type.NS) : null;
      if (nameServers != null) {
        return new PastAnswer(How.DELEGATION, ancestor, List.of(nameServers));
      }
      Rrset redirection = zone.rrset(ancestor, Type.DNAME);
      if (redirection != null) {
        return new PastAnswer(How.REDIRECTION, ancestor, List.of(redirection));
      }
    }
    List<Rrset> rrsets = zone.rrsets(name);
    if (!rrsets.isEmpty()) {
      boolean isCut = name.labels() > apexLabels && zone.rrset(name, Type.NS) != null;
      return new PastAnswer(isCut ? How.DELEGATION : How.RECORDS, name, rrsets);
    }
    return zone.exists(name) ? new PastAnswer(How.EMPTY, name, rrsets) : byWildcard(zone, name);
  }

  private static PastAnswer byWildcard(Zone zone, Name name) {
    for (int label = 1; label <= name.labels() - zone.apex().labels(); label++) {
      if (zone.exists(new Name(name, label))) {
        Name wildcard = new Name(name, label - 1).wild(1);
        List<Rrset> rrsets = zone.rrsets(wildcard);
        return rrsets.isEmpty()
            ? new PastAnswer(How.ABSENT, name, rrsets)
            : new PastAnswer(How.WILDCARD, wildcard, rrsets);
      }
    }
    return new PastAnswer(How.ABSENT, name, List.of());
  }
}
