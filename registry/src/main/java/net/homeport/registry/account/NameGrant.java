package net.homeport.registry.account;

import org.xbill.DNS.Name;

/**
 * That an account may add hosts at a name and below.
 *
 * @param subtree a zone's apex, or a name within a zone
 */
public record NameGrant(long accountId, Name subtree) {
  /** Whether this name is meant. */
  public boolean covers(Name name) {
    return name.subdomain(subtree);
  }
}
