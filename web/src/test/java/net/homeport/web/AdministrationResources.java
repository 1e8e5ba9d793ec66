package net.homeport.web;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.alarm.AddressAlarms;
import net.homeport.registry.catalog.Catalogs;
import net.homeport.registry.check.IntegrityReport;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.enrolment.Enrolments;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.history.ZoneHistory;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.naming.DanglingRecords;
import net.homeport.registry.naming.NameRules;
import net.homeport.registry.naming.Quarantine;
import net.homeport.registry.peer.SecondaryRegistry;
import net.homeport.registry.peer.SecondaryStatus;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.HostRelease;
import net.homeport.registry.restriction.HostStandings;
import net.homeport.registry.restriction.LastObstacles;
import net.homeport.registry.restriction.WithheldReports;
import net.homeport.registry.site.Site;
import net.homeport.registry.site.SiteMember;
import net.homeport.registry.site.SitePublisher;
import net.homeport.registry.site.SiteRegistry;
import net.homeport.registry.site.SiteReports;
import net.homeport.registry.site.SiteStore;
import net.homeport.registry.site.StoredSite;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.web.api.ApiResource;
import net.homeport.web.api.BackupResource;
import net.homeport.web.api.CatalogResource;
import net.homeport.web.api.CheckResource;
import net.homeport.web.api.CredentialResource;
import net.homeport.web.api.EnrolmentResource;
import net.homeport.web.api.ExplainRequestResource;
import net.homeport.web.api.HistoryResource;
import net.homeport.web.api.HostImportResource;
import net.homeport.web.api.PolicyResource;
import net.homeport.web.api.SecondaryResource;
import net.homeport.web.api.SiteResource;
import net.homeport.web.api.StandingResource;
import net.homeport.web.api.TakeoverResource;
import net.homeport.zone.writer.ZoneWriter;
import org.xbill.DNS.Name;

/** What administrators look after, over stores that keep nothing. */
public final class AdministrationResources {
  private AdministrationResources() {}

  /** What these resources are about. */
  record Server(
      HostRegistry hosts,
      HostCredentials credentials,
      HostGrants grants,
      HostUpdates updates,
      HostStatusReader statuses,
      ZoneWriter writer,
      ZoneRegistry zones,
      KeyRegistry keys,
      AccountRegistry accounts,
      HostDetails details,
      CredentialOwners owners,
      Quarantine quarantine,
      RecordedJournal journal,
      RejectedAttempts rejected,
      SecretHasher hasher,
      InstantSource clock) {}

  static Map<String, ApiResource> of(Server server, MemoryStores stores) {
    HostRegistry hosts = server.hosts();
    ZoneWriter writer = server.writer();
    HostUpdates updates = server.updates();
    var sites = new SiteRegistry(new NoSites(), hosts, server.clock());
    var publisher =
        new SitePublisher(sites, writer::snapshot, updates, List.of(), new SiteReports(sites));
    var policies = new HostPolicies(stores);
    var standings = new HostStandings(stores);
    var withheld = new WithheldReports(stores, policies, standings);
    var release = new HostRelease(hosts, withheld, updates, _ -> false);
    var standing =
        new StandingResource(
            hosts, updates, release, policies, standings, withheld, server.quarantine(), _ -> {});
    var takeovers =
        new TakeoverResource(
            new AddressAlarms(stores.alarms(List.of())),
            new DanglingRecords(writer::snapshot, hosts, server.quarantine()),
            server.accounts());
    var catalogs = new Catalogs(stores, writer, ZoneRoles.ALL_PRIMARY, server.clock());
    var enrolments =
        new Enrolments(
            hosts,
            server.credentials(),
            server.keys(),
            stores,
            server.hasher(),
            server.rejected(),
            server.clock());
    var history = new ZoneHistory(writer, server.journal(), ZoneRoles.ALL_PRIMARY, _ -> false);
    var resources = new HashMap<String, ApiResource>();
    resources.put("sites", new SiteResource(sites, hosts, publisher, writer::snapshot));
    resources.put(
        "credentials",
        new CredentialResource(hosts, server.credentials(), server.grants(), server.owners()));
    resources.put(
        "policies", new PolicyResource(policies, hosts, new NameRules(stores, policies), release));
    resources.put("hosts", standing);
    resources.put("standings", standing);
    resources.put("quarantine", standing);
    resources.put("alarms", takeovers);
    resources.put("dangling", takeovers);
    resources.put("enrolments", new EnrolmentResource(enrolments, hosts, server.details()));
    resources.put(
        "history", new HistoryResource(history, server.rejected(), hosts, server.details()));
    resources.put(
        "host-imports",
        new HostImportResource(hosts, server.accounts(), server.details(), server.owners()));
    resources.put("catalogs", new CatalogResource(catalogs, server.zones()));
    resources.put(
        "secondaries",
        new SecondaryResource(
            new SecondaryRegistry(stores, server.keys()::key),
            (_, _) -> new SecondaryStatus(null, "nothing was sent", null, null, null, null),
            server.zones(),
            catalogs,
            server.keys()::key));
    resources.put("backup", new BackupResource(out -> out.write('b')));
    resources.put(
        "check",
        new CheckResource(
            () -> new IntegrityReport(new IntegrityReport.Counts(0, 0, 0, 0, 0, 0), List.of(), 0)));
    resources.put(
        "explain",
        new ExplainRequestResource(
            hosts,
            updates,
            policies,
            server.statuses(),
            new LastObstacles(),
            server.rejected(),
            server.owners()));
    return resources;
  }

  /** Keeps no sites. */
  public static final class NoSites implements SiteStore {
    @Override
    public List<StoredSite> sites() {
      return List.of();
    }

    @Override
    public List<SiteMember> members() {
      return List.of();
    }

    @Override
    public void put(Site site) {}

    @Override
    public void remove(String site) {}

    @Override
    public void put(SiteMember member) {}

    @Override
    public void removeMember(Name host) {}

    @Override
    public void save(Collection<StoredSite> sites) {}
  }
}
