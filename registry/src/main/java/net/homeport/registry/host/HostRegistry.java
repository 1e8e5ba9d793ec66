package net.homeport.registry.host;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * All hosts and credentials, in memory over a durable store. Reads take no lock; changes come one
 * after the other, stored first.
 */
public final class HostRegistry {
  private final RegistryStore store;
  private final Supplier<ZoneSnapshot> zones;
  private final ZoneRoles roles;
  private final SecretHasher hasher;
  private final InstantSource clock;
  private final List<HostNameCheck> nameChecks;
  private final Map<Name, Host> hosts = new ConcurrentHashMap<>();
  private final CredentialTable credentials = new CredentialTable();
  private final List<Consumer<Host>> farewells = new CopyOnWriteArrayList<>();
  private final List<Consumer<Host>> removals = new CopyOnWriteArrayList<>();
  private final HostIndex index = new HostIndex(this, hosts::values, this::isNamesake);

  /** As the other one, of a server that is the primary of all its zones. */
  public HostRegistry(
      RegistryStore store, Supplier<ZoneSnapshot> zones, SecretHasher hasher, InstantSource clock) {
    this(store, zones, ZoneRoles.ALL_PRIMARY, List.of(), hasher, clock);
  }

  /**
   * Loads what the store holds.
   *
   * @param nameChecks asked in their order, each of a name before it becomes a host
   */
  public HostRegistry(
      RegistryStore store,
      Supplier<ZoneSnapshot> zones,
      ZoneRoles roles,
      List<HostNameCheck> nameChecks,
      SecretHasher hasher,
      InstantSource clock) {
    this.nameChecks = List.copyOf(nameChecks);
    this.roles = roles;
    this.store = store;
    this.zones = zones;
    this.hasher = hasher;
    this.clock = clock;
    store.credentials().forEach(credentials::put);
    credentials.given(store.lastCredentialId());
    for (Host host : store.hosts()) {
      hosts.put(host.name(), host);
      this.nameChecks.forEach(check -> check.loaded(host));
    }
  }

  /** The host of this name, or null. */
  public @Nullable Host host(Name name) {
    return hosts.get(name);
  }

  /** Number of hosts. */
  public int hostCount() {
    return hosts.size();
  }

  /** All hosts in canonical order of their names (RFC 4034 6.1). */
  public List<Host> hosts() {
    return hosts.values().stream().sorted(Comparator.comparing(Host::name)).toList();
  }

  /**
   * Hosts in canonical order of their names; costs as much as is taken of them, but for the first
   * time.
   *
   * @param after only those that come after this name, which need not be a host's; null for all
   */
  public Stream<Host> hostsAfter(@Nullable Name after) {
    NavigableSet<Name> all = index.all();
    return (after == null ? all : all.tailSet(after, false))
        .stream().map(hosts::get).filter(Objects::nonNull);
  }

  /** Calls {@code action} with each host, in no special order; hosts may change meanwhile. */
  public void forEachHost(Consumer<Host> action) {
    hosts.values().forEach(action);
  }

  /** The credential with this user name, or null. */
  public @Nullable Credential credential(String username) {
    return credentials.named(username);
  }

  /** The credential of this number, or null. */
  public @Nullable Credential credential(long id) {
    return credentials.numbered(id);
  }

  /** The credential of which this is a secret, the present one or an older one; or null. */
  @Nullable Credential withSecret(SecretHash hash) {
    return credentials.withSecret(hash);
  }

  /** The credential of a host. */
  public @Nullable Credential credentialOf(Host host) {
    return credentials.numbered(host.credentialId());
  }

  /** What is special about a credential; null if nothing is. */
  public @Nullable CredentialProfile profile(Credential credential) {
    return credentials.profile(credential.id());
  }

  /** For those who change credentials; only under the lock of this registry. */
  CredentialTable credentials() {
    return credentials;
  }

  InstantSource clock() {
    return clock;
  }

  /** Whether this address is one that DNS answers for the host which the credential is named by. */
  boolean publishes(Credential credential, InetAddress source) {
    try {
      Host host = hosts.get(Name.fromString(credential.username(), Name.root));
      int type = source instanceof Inet4Address ? Type.A : Type.AAAA;
      return host != null
          && host.credentialId() == credential.id()
          && HostAddresses.of(zones.get(), host, type).contains(source);
    } catch (TextParseException _) {
      return false;
    }
  }

  /**
   * Tells of each host that is about to be removed, under the lock of this registry. Rights to its
   * name end here, on disk, so that neither a crash nor a full disk leaves them to whoever has the
   * name next: a listener that throws keeps the host where it is.
   */
  public void whenLeaving(Consumer<Host> listener) {
    farewells.add(listener);
  }

  /**
   * Tells of each host that is removed, once it is; under the lock of this registry. One that
   * throws keeps the others from nothing.
   */
  public void whenRemoved(Consumer<Host> listener) {
    removals.add(listener);
  }

  /**
   * Adds a host with a credential of its own, whose user name is the host's name.
   *
   * @param ttl TTL of its address records in seconds
   * @throws RegistryStoreException when it could not be stored
   */
  public HostAddition add(Name name, long ttl) {
    return add(name, ttl, NameClaim.ORDINARY);
  }

  /**
   * As the other one, for somebody, who may set rules of names aside.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public HostAddition add(Name name, long ttl, NameClaim claim) {
    return addAll(List.of(new HostRequest(name, ttl, null, claim)), false).each().getFirst();
  }

  /**
   * Adds a host that an existing credential may change as well.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public HostAddition addTo(String username, Name name, long ttl) {
    return addTo(username, name, ttl, NameClaim.ORDINARY);
  }

  /**
   * As the other one, for somebody, who may set rules of names aside.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public HostAddition addTo(String username, Name name, long ttl, NameClaim claim) {
    return addAll(List.of(new HostRequest(name, ttl, username, claim)), false).each().getFirst();
  }

  /**
   * Adds hosts, all of them or none; those that are there already do not count against it.
   *
   * @param trial whether only to tell what would become of it
   * @throws RegistryStoreException when they could not be stored; none was added then
   */
  public synchronized HostAdditions addAll(List<HostRequest> wanted, boolean trial) {
    var batch = new HostBatch(this, zones.get(), roles, hasher, nameChecks);
    var additions = new HostAdditions(wanted.stream().map(batch::decide).toList(), !trial);
    if (trial || !additions.isPossible()) {
      batch.abandon();
      return new HostAdditions(additions.each(), false);
    }
    List<HostBatch.Decided> decided = batch.decided();
    if (!decided.isEmpty()) {
      try {
        store.addHosts(decided.stream().map(HostBatch.Decided::entry).toList());
      } catch (RuntimeException e) {
        batch.abandon();
        throw e;
      }
    }
    for (HostBatch.Decided one : decided) {
      Host host = one.entry().host();
      Credential made = one.entry().made();
      if (made != null) {
        credentials.put(made);
      }
      hosts.put(host.name(), host);
      index.added(host);
      nameChecks.forEach(check -> check.added(host, one.claim()));
    }
    return additions;
  }

  /**
   * Forgets a host; its records are removed from the zone by the caller.
   *
   * @return the host that was forgotten, or null if there was none
   * @throws RegistryStoreException when it could not be stored: the host is still there, perhaps
   *     without some of the rights to it; or it is gone, and something of it is left on disk
   */
  public synchronized @Nullable Host remove(Name name) {
    Host host = hosts.get(name);
    if (host == null) {
      return null;
    }
    Credential credential = credentials.numbered(host.credentialId());
    String username = credential == null ? "" : credential.username();
    nameChecks.forEach(check -> check.leaving(host, username));
    farewells.forEach(listener -> listener.accept(host));
    store.removeHost(name);
    hosts.remove(name);
    index.removed(host);
    nameChecks.forEach(check -> check.left(host));
    if (credential != null && !isSeparate(credential) && !hasHosts(credential)) {
      credentials.remove(credential);
    }
    tellOfRemoval(host);
    return host;
  }

  private void tellOfRemoval(Host host) {
    RuntimeException first = null;
    for (Consumer<Host> listener : removals) {
      try {
        listener.accept(host);
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Whether any host was added with it. */
  boolean hasHosts(Credential credential) {
    return namesake(credential) != null || !index.of(credential.id()).isEmpty();
  }

  /** The host that has the name of its credential, as those that came with it do; null if none. */
  private @Nullable Host namesake(Credential credential) {
    try {
      Host host = hosts.get(Name.fromString(credential.username(), Name.root));
      return host != null && host.credentialId() == credential.id() ? host : null;
    } catch (TextParseException _) {
      return null;
    }
  }

  private boolean isNamesake(Host host) {
    Credential credential = credentials.numbered(host.credentialId());
    return credential != null && host.equals(namesake(credential));
  }

  /** The hosts at and below a name that were added with a credential, at most so many. */
  public List<Host> addedWith(Credential credential, Name top, int max) {
    List<Host> others = present(HostIndex.below(index.of(credential.id()), top, max));
    Host namesake = namesake(credential);
    return namesake == null || !namesake.name().subdomain(top)
        ? others
        : Stream.concat(Stream.of(namesake), others.stream()).toList();
  }

  /** The hosts at and below a name, in canonical order, at most so many. */
  List<Host> below(Name top, int max) {
    return present(HostIndex.below(index.all(), top, max));
  }

  private List<Host> present(List<Name> names) {
    return names.stream().map(hosts::get).filter(Objects::nonNull).toList();
  }

  private boolean isSeparate(Credential credential) {
    CredentialProfile profile = profile(credential);
    return profile != null && profile.separate();
  }
}
