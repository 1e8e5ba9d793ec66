package net.homeport.registry.naming;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostNameCheck;
import net.homeport.registry.host.HostOwners;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.SetValue;
import net.homeport.zone.update.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;

/**
 * Keeps back the names of removed hosts. Devices, bookmarks and certificates outlive a host;
 * whoever got its name next would be handed what is meant for the last holder. Only the
 * administrator who says so and the account that had it get it back earlier, and what was the
 * administrator's own comes back with the credential that could change it.
 *
 * <p>In memory over a durable store; reads take no lock.
 */
public final class Quarantine implements HostNameCheck {
  /** How long unless a policy says otherwise: the longest that a usual certificate still lives. */
  public static final int DAYS = 90;

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
  private static final String OVERRIDE = "--reclaim";

  private final QuarantineStore store;
  private final HostPolicies policies;
  private final HostOwners owners;
  private final InstantSource clock;
  private final Map<Name, Tombstone> tombstones = new ConcurrentHashMap<>();
  private Instant cleaned;

  /** Loads what the store holds. */
  public Quarantine(
      QuarantineStore store, HostPolicies policies, HostOwners owners, InstantSource clock) {
    this.store = store;
    this.policies = policies;
    this.owners = owners;
    this.clock = clock;
    this.cleaned = clock.instant();
    store.tombstones().forEach(tombstone -> tombstones.put(tombstone.name(), tombstone));
  }

  /** The tombstone of a name that is kept back now, or null. */
  public @Nullable Tombstone tombstone(Name name) {
    Tombstone tombstone = tombstones.get(name);
    return tombstone != null && clock.instant().isBefore(tombstone.until()) ? tombstone : null;
  }

  /** Why this name gets no addresses now, in words; null if it is not kept back. */
  public @Nullable String objection(Name name) {
    Tombstone tombstone = tombstone(name);
    return tombstone == null
        ? null
        : "'%s' was a host until %s and is kept back until %s; 'homeport host add' makes it one again"
            .formatted(name.toString(true), tombstone.removedAt(), tombstone.until());
  }

  /** The names that are kept back now, in their order. */
  public List<Tombstone> tombstones() {
    Instant now = clock.instant();
    return tombstones.values().stream()
        .filter(tombstone -> now.isBefore(tombstone.until()))
        .sorted(Comparator.comparing(Tombstone::name))
        .toList();
  }

  @Override
  public @Nullable Refusal refusal(Host host, @Nullable Credential joined, NameClaim claim) {
    Tombstone tombstone = tombstone(host.name());
    return tombstone == null || claim.reclaim() || isFormerHolder(tombstone, joined, claim)
        ? null
        : new Refusal(
            "it was a host until %s, and devices and certificates may know it still; it is kept back until %s"
                .formatted(tombstone.removedAt(), tombstone.until()),
            OVERRIDE);
  }

  /**
   * What the administrator owns nobody else had: there, the flag tells that they mean it, or the
   * credential that had it. To other accounts a credential proves nothing: several may use one.
   */
  private static boolean isFormerHolder(
      Tombstone tombstone, @Nullable Credential joined, NameClaim claim) {
    if (claim.accountId() != tombstone.accountId()) {
      return false;
    }
    // User names are unique, so one that is older than the removal is the one that had it.
    boolean sameCredential =
        joined != null
            && joined.username().equalsIgnoreCase(tombstone.username())
            && joined.createdAt().isBefore(tombstone.removedAt());
    return sameCredential || claim.accountId() != NameClaim.ADMINISTRATOR;
  }

  @Override
  public void added(Host host, NameClaim claim) {
    if (tombstones.remove(host.name()) != null) {
      try {
        store.removeTombstone(host.name());
      } catch (RegistryStoreException e) {
        // The host is there; the tombstone says nothing as long as it is, and is replaced after it.
        LOG.warn(
            "The quarantine of {} could not be ended on disk: {}", host.name(), e.getMessage());
      }
    }
  }

  @Override
  public void leaving(Host host, String username) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    SetValue<Integer> set = policies.effective(host.zone(), PolicySetting.QUARANTINE_DAYS);
    int days = set == null ? DAYS : set.value();
    if (days > 0) {
      var tombstone =
          new Tombstone(
              host.name(),
              host.zone(),
              username,
              owners.ownerOf(host),
              now,
              now.plus(Duration.ofDays(days)));
      store.put(tombstone);
      tombstones.put(host.name(), tombstone);
    }
    if (now.isAfter(cleaned.plus(BETWEEN_CLEANINGS))) {
      cleaned = now;
      store.removeOver(now);
      tombstones.values().removeIf(tombstone -> !now.isBefore(tombstone.until()));
    }
  }
}
