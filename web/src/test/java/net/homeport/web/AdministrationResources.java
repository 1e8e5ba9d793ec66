package net.homeport.web;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.CredentialStore;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.Sealer;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.enrolment.EnrolmentStore;
import net.homeport.registry.enrolment.Enrolments;
import net.homeport.registry.enrolment.PendingEnrolment;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.naming.NameListStore;
import net.homeport.registry.naming.NameRules;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.PolicyScope;
import net.homeport.registry.restriction.PolicyStore;
import net.homeport.registry.restriction.StoredSetting;
import net.homeport.registry.site.Site;
import net.homeport.registry.site.SiteMember;
import net.homeport.registry.site.SitePublisher;
import net.homeport.registry.site.SiteRegistry;
import net.homeport.registry.site.SiteReports;
import net.homeport.registry.site.SiteStore;
import net.homeport.registry.site.StoredSite;
import net.homeport.registry.update.HostUpdates;
import net.homeport.web.api.ApiResource;
import net.homeport.web.api.CredentialResource;
import net.homeport.web.api.EnrolmentResource;
import net.homeport.web.api.PolicyResource;
import net.homeport.web.api.SiteResource;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Sites, credentials and policies, over stores that keep nothing. */
public final class AdministrationResources {
  private AdministrationResources() {}

  static Map<String, ApiResource> of(
      HostRegistry hosts,
      HostUpdates updates,
      ZoneWriter writer,
      KeyRegistry keys,
      SecretHasher hasher,
      Sealer sealer,
      InstantSource clock) {
    var sites = new SiteRegistry(new NoSites(), hosts, clock);
    var publisher =
        new SitePublisher(sites, writer::snapshot, updates, List.of(), new SiteReports(sites));
    var store = new NoCredentials();
    var credentials =
        new HostCredentials(
            hosts,
            store,
            new CredentialUses(store),
            new RequestSignatures(sealer, clock, hasher.newSecret()),
            hasher);
    var policies = new HostPolicies(new NoPolicies());
    return Map.of(
        "sites", new SiteResource(sites, hosts, publisher, writer::snapshot),
        "credentials", new CredentialResource(hosts, credentials, new HostGrants(hosts, sites)),
        "enrolments",
            new EnrolmentResource(
                new Enrolments(
                    hosts, credentials, keys, new NoCodes(), hasher, RejectedAttempts.NONE, clock)),
        "policies", new PolicyResource(policies, hosts, new NameRules(new NoLists(), policies)));
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

  /** Keeps nothing about credentials. */
  public static final class NoCredentials implements CredentialStore {
    @Override
    public List<CredentialProfile> profiles() {
      return List.of();
    }

    @Override
    public void add(Credential credential, CredentialProfile profile) {}

    @Override
    public void change(Credential credential, CredentialProfile profile) {}

    @Override
    public void remove(long credentialId) {}

    @Override
    public Map<Integer, int[]> uses() {
      return Map.of();
    }

    @Override
    public void saveUses(Map<Integer, int[]> pages) {}
  }

  private static final class NoCodes implements EnrolmentStore {
    @Override
    public List<PendingEnrolment> pending() {
      return List.of();
    }

    @Override
    public void put(PendingEnrolment enrolment) {}

    @Override
    public void remove(SecretHash code) {}
  }

  /** Keeps no policies. */
  public static final class NoPolicies implements PolicyStore {
    @Override
    public List<StoredSetting> settings() {
      return List.of();
    }

    @Override
    public void put(StoredSetting setting) {}

    @Override
    public void remove(PolicyScope scope, String setting) {}
  }

  private static final class NoLists implements NameListStore {
    @Override
    public @Nullable String list(NameRules.Kind kind) {
      return null;
    }

    @Override
    public void put(NameRules.Kind kind, @Nullable String text) {}
  }
}
