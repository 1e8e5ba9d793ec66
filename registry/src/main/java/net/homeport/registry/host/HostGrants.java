package net.homeport.registry.host;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.NameScope;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Which credential is for which hosts, as its scope says. Thread safe; touches no disk, and
 * allocates nothing for credentials without a profile.
 */
public final class HostGrants {
  /** Most hosts that are listed of one credential; it may be for more. */
  public static final int LISTED_MAX = 5_000;

  private final HostRegistry registry;
  private final SiteMembers sites;
  private final HostOwners owners;

  /** Where all hosts are the administrator's. */
  public HostGrants(HostRegistry registry, SiteMembers sites) {
    this(registry, sites, HostOwners.ADMINISTRATOR);
  }

  public HostGrants(HostRegistry registry, SiteMembers sites, HostOwners owners) {
    this.registry = registry;
    this.sites = sites;
    this.owners = owners;
  }

  /** Whether it is for this host. */
  public boolean mayChange(Credential credential, Host host) {
    CredentialProfile profile = registry.profile(credential);
    return profile == null
        ? host.credentialId() == credential.id()
        : covers(profile.scope().names(), credential, host);
  }

  private boolean covers(NameScope names, Credential credential, Host host) {
    return switch (names) {
      case NameScope.Own _ -> host.credentialId() == credential.id();
      case NameScope.Listed listed ->
          listed.entries().stream()
              .anyMatch(entry -> entry.covers(host.name()) && isOf(entry, host));
      case NameScope.None _ -> false;
      case NameScope.OfSite of -> sites.isMember(of.site(), host);
    };
  }

  private boolean isOf(NameScope.Entry entry, Host host) {
    return entry.accountId() == NameScope.Entry.ANYBODY
        || entry.accountId() == owners.ownerOf(host);
  }

  /**
   * The hosts that it is for, in canonical order of their names: those of one zone, or all. Costs
   * as much as there are of them, whatever else there is.
   *
   * @param zone its apex; null for all zones
   * @return at most {@link #LISTED_MAX}, the first ones
   */
  public List<Host> hosts(Credential credential, @Nullable Name zone) {
    CredentialProfile profile = registry.profile(credential);
    NameScope names = profile == null ? NameScope.OWN : profile.scope().names();
    Name top = zone == null ? Name.root : zone;
    Stream<Host> found =
        switch (names) {
          case NameScope.Own _ -> registry.addedWith(credential, top, LISTED_MAX).stream();
          case NameScope.Listed listed ->
              listed.entries().stream().flatMap(entry -> hosts(entry, top).stream());
          case NameScope.OfSite of -> sites.hostsOf(of.site()).stream();
          case NameScope.None _ -> Stream.empty();
        };
    return found
        .filter(host -> zone == null || host.zone().equals(zone))
        .distinct()
        .sorted(Comparator.comparing(Host::name))
        .limit(LISTED_MAX)
        .toList();
  }

  /**
   * The hosts of a group: those of the site of that name that the credential is for, or all that it
   * is for, if it is called so itself (No-IP's keys of groups).
   */
  public List<Host> group(String name, Credential credential) {
    List<Host> ofSite =
        sites.hostsOf(name).stream()
            .filter(host -> mayChange(credential, host))
            .sorted(Comparator.comparing(Host::name))
            .toList();
    return ofSite.isEmpty() && credential.username().equalsIgnoreCase(name)
        ? hosts(credential, null)
        : ofSite;
  }

  private List<Host> hosts(NameScope.Entry entry, Name top) {
    if (!entry.subtree()) {
      Host host = registry.host(entry.name());
      return host == null ? List.of() : List.of(host);
    }
    List<Host> below = List.of();
    if (top.subdomain(entry.name())) {
      below = registry.below(top, LISTED_MAX);
    } else if (entry.name().subdomain(top)) {
      below = registry.below(entry.name(), LISTED_MAX);
    }
    return below.stream().filter(host -> isOf(entry, host)).toList();
  }

  /** Whether there are hosts that this can mean: false of a site that is not there. */
  public boolean isKnown(NameScope names) {
    return !(names instanceof NameScope.OfSite of) || sites.exists(of.site());
  }

  /** Whether it may change records of this type. */
  public boolean mayChange(Credential credential, int type) {
    CredentialProfile profile = registry.profile(credential);
    return profile == null || profile.scope().allowsType(type);
  }
}
