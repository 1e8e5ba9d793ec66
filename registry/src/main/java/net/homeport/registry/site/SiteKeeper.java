package net.homeport.registry.site;

import java.time.Instant;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.zone.update.Attribution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a site needs with no request there: stores, switches, mends. One thread at a time. */
public final class SiteKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(SiteKeeper.class);
  private static final String FRONT_DOOR = "site";

  private final SiteRegistry sites;
  private final SiteReports reports;
  private final SitePublisher publisher;

  public SiteKeeper(SiteRegistry sites, SiteReports reports, SitePublisher publisher) {
    this.sites = sites;
    this.reports = reports;
    this.publisher = publisher;
  }

  /**
   * To be called each second or so. Costs a look at each site that has uplinks, and work for those
   * that changed.
   */
  public void tick(Instant now) {
    for (SiteState state : sites.each()) {
      String name = state.site().name();
      if (!state.due().isAfter(now) && sites.advance(name, now)) {
        reports.markChanged(name);
      }
    }
    save();
    for (String name : reports.takeChanged()) {
      SiteState state = sites.site(name);
      if (state != null) {
        settle(state, now);
      }
    }
  }

  private void settle(SiteState state, Instant now) {
    String name = state.site().name();
    var actor = new Attribution("site " + name, FRONT_DOOR, null, now);
    switch (publisher.settle(state, actor)) {
      case SiteChange.NotPublished not ->
          LOG.debug("site {} is not published, tried again soon: {}", name, not.why());
      case SiteChange.Done _,
          SiteChange.AlreadyThere _,
          SiteChange.NoSuchSite _,
          SiteChange.Refused _ -> {}
    }
  }

  /** Stores what was reported; if that fails, the next call tries again. */
  public void save() {
    try {
      sites.save();
    } catch (RegistryStoreException e) {
      LOG.warn("what sites reported could not be stored, tried again soon: {}", e.getMessage());
    }
  }
}
