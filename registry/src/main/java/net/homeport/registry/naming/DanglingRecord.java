package net.homeport.registry.naming;

import org.xbill.DNS.Name;

/**
 * A record that points at a name, and what is the matter with that.
 *
 * @param zone apex of the zone that holds it
 * @param type CNAME, MX, SRV, NS, SVCB or HTTPS
 * @param target what it points at
 * @param why in words for a person
 */
public record DanglingRecord(
    Name zone, Name owner, int type, Name target, State state, String why) {
  /** What is known of the target. */
  public enum State {
    /** Nothing stands there: whoever gets the name gets what is meant for it. */
    MISSING,
    /** It is a host that has no address now. */
    WITHDRAWN,
    /** It was a host's, and is kept back. */
    QUARANTINED,
    /** Others answer for it, so it was not looked at. */
    ELSEWHERE
  }
}
