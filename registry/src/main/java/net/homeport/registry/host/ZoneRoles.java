package net.homeport.registry.host;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Who changes a zone: we, or another server of which we have a copy. Whoever wants to change a zone
 * asks here first. Safe for any thread.
 */
public interface ZoneRoles {
  /** We are the primary of all zones. */
  ZoneRoles ALL_PRIMARY =
      new ZoneRoles() {
        @Override
        public boolean isSecondary(Name zone) {
          return false;
        }

        @Override
        public boolean release(Name zone) {
          return false;
        }
      };

  /** Whether another server is the primary of this zone, so that nobody changes it here. */
  boolean isSecondary(Name zone);

  /**
   * Lets go of a zone that is to be removed: it changes no more once this returns.
   *
   * @return whether it had a role here: a copy of another server's zone, or a catalog
   */
  boolean release(Name zone);

  /** Whether it is a catalog zone (RFC 9432), whose content this server keeps by itself. */
  default boolean isCatalog(Name zone) {
    return false;
  }

  /** Why nobody may change the zone here, and what to do instead; null if one may. */
  default @Nullable String refusal(Name zone) {
    if (isSecondary(zone)) {
      return "%s is a copy of another server's zone; change it there ('./homeport zone list' shows its primaries)"
          .formatted(zone.toString(true));
    }
    return isCatalog(zone)
        ? "%s is a catalog zone, which this server keeps by itself; add or remove the zones that it lists ('./homeport catalog list' shows it)"
            .formatted(zone.toString(true))
        : null;
  }

  /**
   * The roles that two tell of: copies of other servers' zones by the one, catalogs by the other.
   */
  static ZoneRoles of(ZoneRoles copies, ZoneRoles catalogs) {
    return new ZoneRoles() {
      @Override
      public boolean isSecondary(Name zone) {
        return copies.isSecondary(zone);
      }

      @Override
      public boolean isCatalog(Name zone) {
        return catalogs.isCatalog(zone);
      }

      @Override
      public boolean release(Name zone) {
        // It is one or the other.
        return copies.release(zone) || catalogs.release(zone);
      }
    };
  }
}
