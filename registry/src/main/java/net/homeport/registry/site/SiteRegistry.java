package net.homeport.registry.site;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.SiteMembers;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * All sites and their hosts, in memory over a durable store. Reads take no lock. How a site is set
 * up is stored before anybody sees it; what its sources are is seen at once and stored by {@link
 * #save}.
 */
public final class SiteRegistry implements SiteMembers {
  /** Most sites. */
  public static final int SITES_MAX = 100_000;

  private final SiteStore store;
  private final HostRegistry hosts;
  private final InstantSource clock;
  private final Map<String, SiteState> sites = new ConcurrentHashMap<>();
  private final Map<Name, SiteMember> members = new ConcurrentHashMap<>();
  private final Map<String, Set<Name>> membersBySite = new ConcurrentHashMap<>();
  private final Map<Name, Set<String>> sitesByReporter = new ConcurrentHashMap<>();
  private final Set<String> unsaved = ConcurrentHashMap.newKeySet();

  /** Loads what the store holds. */
  public SiteRegistry(SiteStore store, HostRegistry hosts, InstantSource clock) {
    this.store = store;
    this.hosts = hosts;
    this.clock = clock;
    Instant now = clock.instant();
    for (StoredSite stored : store.sites()) {
      sites.put(stored.site().name(), SiteState.restored(stored, now));
      addReporters(stored.site());
    }
    for (SiteMember member : store.members()) {
      remember(member);
    }
    hosts.whenLeaving(this::leaving);
    hosts.whenRemoved(this::removed);
  }

  /** Whoever is called like that next does not speak for a site, by whatever clock. */
  private synchronized void leaving(Host host) {
    for (String name : sitesByReporter.getOrDefault(host.name(), Set.of())) {
      SiteState state = sites.get(name);
      if (state != null) {
        Site muted = state.site().withoutVoiceOf(host.name());
        store.put(muted);
        sites.computeIfPresent(name, (_, present) -> present.with(muted, clock.instant()));
        unsaved.add(name);
      }
    }
  }

  /** What the store has of it went with the host. */
  private synchronized void removed(Host host) {
    SiteMember member = members.remove(host.name());
    if (member != null) {
      membersOf(member.site()).remove(host.name());
    }
  }

  private void remember(SiteMember member) {
    SiteMember before = members.put(member.host(), member);
    if (before != null && !before.site().equals(member.site())) {
      membersOf(before.site()).remove(member.host());
    }
    membersOf(member.site()).add(member.host());
  }

  private Set<Name> membersOf(String site) {
    return membersBySite.computeIfAbsent(site, _ -> ConcurrentHashMap.newKeySet());
  }

  private void addReporters(Site site) {
    for (AddressSource source : site.sources().values()) {
      Name reporter = source.reporter();
      if (reporter != null) {
        sitesByReporter
            .computeIfAbsent(reporter, _ -> ConcurrentHashMap.newKeySet())
            .add(site.name());
      }
    }
  }

  /** All sites by their names. */
  public List<SiteState> sites() {
    return sites.values().stream()
        .sorted(Comparator.comparing(state -> state.site().name()))
        .toList();
  }

  /** All sites, in no order, without a copy. */
  Collection<SiteState> each() {
    return sites.values();
  }

  /** The site of this name, or null. */
  public @Nullable SiteState site(String name) {
    return sites.get(name);
  }

  /** The plans of a host, or null if it belongs to no site. */
  public @Nullable SiteMember member(Host host) {
    SiteMember member = members.get(host.name());
    return member != null && member.isOf(host) ? member : null;
  }

  @Override
  public boolean exists(String site) {
    return sites.containsKey(site);
  }

  @Override
  public boolean isMember(String site, Host host) {
    SiteMember member = member(host);
    return member != null && member.site().equals(site);
  }

  @Override
  public Collection<Host> hostsOf(String site) {
    return hosts(site).stream().map(HostOfSite::host).toList();
  }

  /** A host of a site, with its plans. */
  public record HostOfSite(Host host, SiteMember member) {}

  /** The hosts of a site that are there now, in no order. */
  public List<HostOfSite> hosts(String site) {
    var present = new ArrayList<HostOfSite>();
    for (Name name : membersBySite.getOrDefault(site, Set.of())) {
      Host host = hosts.host(name);
      SiteMember member = members.get(name);
      if (host != null && member != null && member.site().equals(site) && member.isOf(host)) {
        present.add(new HostOfSite(host, member));
      }
    }
    return present;
  }

  /** The sites of which this host reports a source; almost always none. */
  List<SiteState> reportedBy(Host host) {
    var reported = new ArrayList<SiteState>(1);
    for (String name : sitesByReporter.getOrDefault(host.name(), Set.of())) {
      SiteState state = sites.get(name);
      if (state != null
          && state.site().sources().values().stream()
              .anyMatch(source -> source.isReportedBy(host))) {
        reported.add(state);
      }
    }
    return reported;
  }

  /** Adds a site. */
  public synchronized SiteChange add(String name) {
    SiteState present = sites.get(name);
    if (present != null) {
      return new SiteChange.AlreadyThere(present);
    }
    if (sites.size() >= SITES_MAX) {
      return new SiteChange.Refused(
          "there are %d sites, the most there can be".formatted(SITES_MAX));
    }
    Site site;
    try {
      site = Site.named(name, clock.instant());
    } catch (IllegalArgumentException e) {
      return new SiteChange.Refused(String.valueOf(e.getMessage()));
    }
    store.put(site);
    var state = new SiteState(site, Map.of(), UplinkStates.NONE, clock.instant());
    sites.put(name, state);
    return new SiteChange.Done(state);
  }

  /** Forgets a site; its hosts stay, with the addresses they have. */
  public synchronized SiteChange remove(String name) {
    SiteState state = sites.get(name);
    if (state == null) {
      return new SiteChange.NoSuchSite(name);
    }
    store.remove(name);
    sites.remove(name);
    Set<Name> left = membersBySite.remove(name);
    for (Name host : left == null ? Set.<Name>of() : left) {
      members.computeIfPresent(host, (_, member) -> member.site().equals(name) ? null : member);
    }
    sitesByReporter.values().forEach(named -> named.remove(name));
    return new SiteChange.Done(state);
  }

  /**
   * Sets a site up in another way, or adds a source or an uplink to it.
   *
   * @param change throws {@link IllegalArgumentException} to say what is wrong
   */
  public synchronized SiteChange change(String name, UnaryOperator<Site> change) {
    SiteState state = sites.get(name);
    if (state == null) {
      return new SiteChange.NoSuchSite(name);
    }
    Site changed;
    try {
      changed = change.apply(state.site());
      refuseUnknown(changed);
    } catch (IllegalArgumentException e) {
      return new SiteChange.Refused(String.valueOf(e.getMessage()));
    }
    store.put(changed);
    sitesByReporter.values().forEach(named -> named.remove(name));
    addReporters(changed);
    Instant now = clock.instant();
    unsaved.add(name);
    joinReporters(changed, now);
    return new SiteChange.Done(
        sites.compute(
            name, (_, present) -> (present == null ? state : present).with(changed, now)));
  }

  /** A host that speaks for a site is one of it, unless it is one of another. */
  private void joinReporters(Site site, Instant now) {
    for (AddressSource source : site.sources().values()) {
      Name reporter = source.reporter();
      Host host = reporter == null ? null : hosts.host(reporter);
      if (host != null && source.isReportedBy(host) && member(host) == null) {
        var member =
            new SiteMember(host.name(), site.name(), HostPlan.REPORTED, HostPlan.REPORTED, now);
        store.put(member);
        remember(member);
      }
    }
  }

  private void refuseUnknown(Site site) {
    SiteState state = sites.get(site.name());
    Map<String, AddressSource> before = state == null ? Map.of() : state.site().sources();
    if (!site.sources().keySet().containsAll(before.keySet())) {
      for (HostOfSite one : hosts(site.name())) {
        for (HostPlan plan : List.of(one.member().ipv4(), one.member().ipv6())) {
          String source = plan.followed();
          if (source != null && !site.sources().containsKey(source)) {
            throw new IllegalArgumentException(
                "%s follows %s; give it another plan first"
                    .formatted(one.host().name().toString(true), source));
          }
        }
      }
    }
    for (AddressSource source : site.sources().values()) {
      Name reporter = source.reporter();
      // A source whose reporter was removed hinders no other change.
      boolean isKept = source.equals(before.get(source.name()));
      if (reporter != null && hosts.host(reporter) == null && !isKept) {
        throw new IllegalArgumentException(
            "there is no host %s to report %s; 'homeport host add' makes one"
                .formatted(reporter.toString(true), source.name()));
      }
    }
    for (Uplink uplink : site.uplinks()) {
      String username = uplink.username();
      if (username != null && hosts.credential(username) == null) {
        throw new IllegalArgumentException(
            "no credential has the user name '%s'".formatted(username));
      }
    }
  }

  /**
   * Makes a host one of a site, or changes its plans.
   *
   * @param ipv4 null to keep the plan it has
   * @param ipv6 null to keep the plan it has
   */
  public synchronized SiteChange join(
      String name, Host host, @Nullable HostPlan ipv4, @Nullable HostPlan ipv6) {
    SiteState state = sites.get(name);
    if (state == null) {
      return new SiteChange.NoSuchSite(name);
    }
    SiteMember before = member(host);
    if (before != null && !before.site().equals(name)) {
      return new SiteChange.Refused(
          "%s is a host of the site %s; 'homeport site host %s %s --leave' takes it out first"
              .formatted(
                  host.name().toString(true),
                  before.site(),
                  before.site(),
                  host.name().toString(true)));
    }
    HostPlan plan4 = ipv4 == null ? before == null ? HostPlan.REPORTED : before.ipv4() : ipv4;
    HostPlan plan6 = ipv6 == null ? before == null ? HostPlan.REPORTED : before.ipv6() : ipv6;
    String wrong = state.objection(plan4, host, true);
    if (wrong == null) {
      wrong = state.objection(plan6, host, false);
    }
    if (wrong != null) {
      return new SiteChange.Refused(wrong);
    }
    var member = new SiteMember(host.name(), name, plan4, plan6, clock.instant());
    store.put(member);
    remember(member);
    return new SiteChange.Done(state);
  }

  /** Takes a host out of a site; it keeps the addresses it has. */
  public synchronized SiteChange leave(String name, Host host) {
    SiteState state = sites.get(name);
    SiteMember member = member(host);
    if (state == null) {
      return new SiteChange.NoSuchSite(name);
    }
    if (member == null || !member.site().equals(name)) {
      return new SiteChange.Refused(
          "%s is no host of the site %s".formatted(host.name().toString(true), name));
    }
    store.removeMember(host.name());
    members.remove(host.name());
    membersOf(name).remove(host.name());
    return new SiteChange.Done(state);
  }

  /**
   * Takes over what a report says; {@link #save} makes it durable.
   *
   * @return whether anything is other than before that is published or stored
   */
  boolean accept(String name, SiteReport report) {
    var changed = new boolean[1];
    sites.computeIfPresent(
        name,
        (_, before) -> {
          SiteState after = before.after(report);
          changed[0] = !after.isLike(before);
          return after;
        });
    if (changed[0]) {
      unsaved.add(name);
    }
    return changed[0];
  }

  /** As {@link #accept}, of the passing of time. */
  boolean advance(String name, Instant now) {
    var changed = new boolean[1];
    sites.computeIfPresent(
        name,
        (_, before) -> {
          SiteState after = before.at(now);
          changed[0] = !after.isLike(before);
          return after;
        });
    if (changed[0]) {
      unsaved.add(name);
    }
    return changed[0];
  }

  /**
   * Makes all that was accepted durable, in one transaction; does nothing if there is nothing.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it is not; it is tried again by
   *     the next call
   */
  public synchronized void save() {
    if (unsaved.isEmpty()) {
      return;
    }
    Set<String> names = new HashSet<>(unsaved);
    unsaved.removeAll(names);
    var stored = new ArrayList<StoredSite>(names.size());
    for (String name : names) {
      SiteState state = sites.get(name);
      if (state != null) {
        stored.add(state.toStore());
      }
    }
    try {
      store.save(stored);
    } catch (RuntimeException e) {
      unsaved.addAll(names);
      throw e;
    }
  }
}
