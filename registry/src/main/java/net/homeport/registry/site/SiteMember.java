package net.homeport.registry.site;

import java.time.Instant;
import net.homeport.registry.host.Host;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A host of a site.
 *
 * @param host its name
 * @param site the name of the site
 * @param ipv4 where its IPv4 address comes from
 * @param ipv6 where its IPv6 address comes from
 * @param since when it joined
 */
public record SiteMember(Name host, String site, HostPlan ipv4, HostPlan ipv6, Instant since) {
  /**
   * The plan of one family.
   *
   * @param type A or AAAA
   */
  public HostPlan plan(int type) {
    return type == Type.A ? ipv4 : ipv6;
  }

  /** Whether this is about that host, and not one of the same name that was removed since. */
  boolean isOf(Host present) {
    return !present.createdAt().isAfter(since);
  }
}
