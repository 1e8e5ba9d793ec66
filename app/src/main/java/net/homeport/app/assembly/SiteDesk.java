package net.homeport.app.assembly;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.SiteMembers;
import net.homeport.registry.site.SiteKeeper;
import net.homeport.registry.site.SiteLeaders;
import net.homeport.registry.site.SitePlanner;
import net.homeport.registry.site.SitePublisher;
import net.homeport.registry.site.SiteRegistry;
import net.homeport.registry.site.SiteReportCheck;
import net.homeport.registry.site.SiteReports;
import net.homeport.registry.update.AddressPlanner;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteSiteStore;
import net.homeport.web.api.SiteResource;
import net.homeport.web.console.ConsoleSources;
import net.homeport.zone.ZoneSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sites, wired; and the one thread that looks after them each second. */
final class SiteDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SiteDesk.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final SiteKeeper keeper;
  private final SiteResource resource;
  private final InstantSource clock;
  private final Thread thread;

  private SiteDesk(SiteKeeper keeper, SiteResource resource, InstantSource clock) {
    this.keeper = keeper;
    this.resource = resource;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("sites").start(this::run);
  }

  /** What sites have to do with each request: made first, since requests need them. */
  static final class Stages {
    private final HostRegistry hosts;
    private final Supplier<ZoneSnapshot> zones;
    private final InstantSource clock;
    private final SiteRegistry sites;
    private final SiteReports reports;

    Stages(
        SqliteDatabase database,
        HostRegistry hosts,
        Supplier<ZoneSnapshot> zones,
        InstantSource clock) {
      this.hosts = hosts;
      this.zones = zones;
      this.clock = clock;
      this.sites = new SiteRegistry(new SqliteSiteStore(database), hosts, clock);
      this.reports = new SiteReports(sites);
    }

    /** For scopes of credentials that are a site. */
    SiteMembers members() {
      return sites;
    }

    AddressPlanner planner() {
      return new SitePlanner(sites, zones, clock);
    }

    UpdateCheck check() {
      return new SiteReportCheck(sites, clock);
    }

    /** Whom hosts follow. */
    SiteLeaders leaders() {
      return new SiteLeaders(sites, zones);
    }

    /** Sites, for those who look. */
    ConsoleSources.Sites shown() {
      return new ConsoleSources.Sites(sites, leaders());
    }

    UpdateObserver reports() {
      return reports;
    }

    /**
     * @param checks all checks of what follows when no request is there
     */
    SiteDesk open(HostUpdates updates, List<UpdateCheck> checks) {
      var publisher = new SitePublisher(sites, zones, updates, checks, reports);
      return new SiteDesk(
          new SiteKeeper(sites, reports, publisher),
          new SiteResource(sites, hosts, publisher, zones),
          clock);
    }
  }

  SiteResource resource() {
    return resource;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        look();
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void look() {
    try {
      keeper.tick(clock.instant());
    } catch (RuntimeException e) {
      LOG.error("looking after sites failed: a defect of Homeport; tried again in a second", e);
    }
  }

  /** Stores what was reported last. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    keeper.save();
  }
}
