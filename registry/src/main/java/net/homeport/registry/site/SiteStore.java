package net.homeport.registry.site;

import java.util.Collection;
import java.util.List;
import net.homeport.registry.host.RegistryStoreException;
import org.xbill.DNS.Name;

/**
 * Where sites are durable. Every change is on disk when the method returns, or a {@link
 * RegistryStoreException} says that nothing is. A host that is removed from the registry is removed
 * here with it.
 */
public interface SiteStore {
  /** All sites. */
  List<StoredSite> sites();

  /** All hosts of sites. */
  List<SiteMember> members();

  /** Adds a site, or changes how it is set up; its values stay. */
  void put(Site site);

  /** Removes a site with all that belongs to it. */
  void remove(String site);

  /** Adds a host to a site, or changes its plans. */
  void put(SiteMember member);

  /** Removes a host from its site. */
  void removeMember(Name host);

  /** Keeps the present values and uplinks of these sites, all in one transaction. */
  void save(Collection<StoredSite> sites);
}
