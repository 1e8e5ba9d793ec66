package net.homeport.registry.catalog;

import java.time.Instant;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * A catalog zone: it lists all zones of which this server is the primary and which are no catalogs.
 *
 * @param zone its apex
 * @param except zones that it leaves out, whether they exist or not
 * @param createdAt when it was added
 */
public record Catalog(Name zone, Set<Name> except, Instant createdAt) {
  /** Most zones that a catalog leaves out by name. */
  public static final int EXCEPT_MAX = 1_000;

  public Catalog {
    except = Set.copyOf(except);
  }
}
