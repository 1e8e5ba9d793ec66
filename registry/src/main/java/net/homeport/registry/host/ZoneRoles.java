package net.homeport.registry.host;

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
   * @return whether another server was its primary
   */
  boolean release(Name zone);

  /** What to say to who wants to change such a zone. */
  static String refusal(Name zone) {
    return "%s is a copy of another server's zone; change it there ('./homeport zone list' shows its primaries)"
        .formatted(zone.toString(true));
  }
}
