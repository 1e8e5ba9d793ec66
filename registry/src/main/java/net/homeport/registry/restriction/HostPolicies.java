package net.homeport.registry.restriction;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostNameCheck;
import net.homeport.registry.host.NameClaim;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;

/**
 * The policies of hosts, of zones and of all, in memory over a durable store. Reads take no lock;
 * changes come one after the other, stored first.
 *
 * <p>What a host's own policy does not say, its zone's says; what that does not say, the default
 * does. A policy of a host goes with the host; that of a zone stays, and holds again when a zone of
 * that name is added again.
 */
public final class HostPolicies implements HostNameCheck {
  private static final Logger LOG = LoggerFactory.getLogger(HostPolicies.class);

  private final PolicyStore store;
  private final Map<Name, HostPolicy> ofHosts = new ConcurrentHashMap<>();
  private final Map<Name, HostPolicy> ofZones = new ConcurrentHashMap<>();
  private volatile HostPolicy ofAll = HostPolicy.EMPTY;

  /** Loads what the store holds. */
  public HostPolicies(PolicyStore store) {
    this.store = store;
    for (StoredSetting stored : store.settings()) {
      PolicySetting<?> setting = PolicySetting.named(stored.setting());
      if (setting == null) {
        LOG.warn(
            "This version of Homeport knows no policy setting '{}' ({}); it has no effect",
            stored.setting(),
            stored.scope().words());
      } else {
        remember(stored.scope(), policy(stored.scope()).with(SetValue.read(setting, stored)));
      }
    }
  }

  private void remember(PolicyScope scope, HostPolicy policy) {
    switch (scope) {
      case PolicyScope.Everywhere _ -> ofAll = policy;
      case PolicyScope.OfZone of -> remember(ofZones, of.zone(), policy);
      case PolicyScope.OfHost of -> remember(ofHosts, of.host(), policy);
    }
  }

  private static void remember(Map<Name, HostPolicy> policies, Name name, HostPolicy policy) {
    if (policy.values().isEmpty()) {
      policies.remove(name);
    } else {
      policies.put(name, policy);
    }
  }

  /** What is set in this scope itself. */
  public HostPolicy policy(PolicyScope scope) {
    return switch (scope) {
      case PolicyScope.Everywhere _ -> ofAll;
      case PolicyScope.OfZone of -> ofZones.getOrDefault(of.zone(), HostPolicy.EMPTY);
      case PolicyScope.OfHost of -> ofHosts.getOrDefault(of.host(), HostPolicy.EMPTY);
    };
  }

  /** The scopes that have a policy, the widest first, then by name. */
  public List<PolicyScope> scopes() {
    var scopes = new ArrayList<PolicyScope>();
    if (!ofAll.values().isEmpty()) {
      scopes.add(new PolicyScope.Everywhere());
    }
    ofZones.keySet().stream().sorted().forEach(zone -> scopes.add(new PolicyScope.OfZone(zone)));
    ofHosts.keySet().stream().sorted().forEach(host -> scopes.add(new PolicyScope.OfHost(host)));
    return scopes;
  }

  /** What holds for this host: the nearest that is set; null if nothing is. */
  public <T> @Nullable SetValue<T> effective(Host host, PolicySetting<T> setting) {
    HostPolicy own = ofHosts.get(host.name());
    SetValue<T> value = own == null ? null : own.get(setting);
    return value == null ? effective(host.zone(), setting) : value;
  }

  /** What holds for the hosts of this zone that have no policy of their own; null if nothing. */
  public <T> @Nullable SetValue<T> effective(Name zone, PolicySetting<T> setting) {
    HostPolicy zones = ofZones.get(zone);
    SetValue<T> value = zones == null ? null : zones.get(setting);
    return value == null ? ofAll.get(setting) : value;
  }

  /**
   * Since when a flag holds for a host, over all the scopes that agree on it, from the nearest
   * outwards; null if it does not hold.
   */
  @Nullable SetValue<Boolean> longest(Host host, PolicySetting<Boolean> setting) {
    SetValue<Boolean> longest = null;
    for (HostPolicy policy :
        List.of(
            ofHosts.getOrDefault(host.name(), HostPolicy.EMPTY),
            ofZones.getOrDefault(host.zone(), HostPolicy.EMPTY),
            ofAll)) {
      SetValue<Boolean> value = policy.get(setting);
      if (value != null && !value.value()) {
        return longest;
      }
      if (value != null && (longest == null || value.setAt().isBefore(longest.setAt()))) {
        longest = value;
      }
    }
    return longest;
  }

  /**
   * Sets it.
   *
   * @return what is set now
   * @throws IllegalArgumentException that says what is wrong with the value or the scope
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized <T> SetValue<T> set(
      PolicyScope scope, PolicySetting<T> setting, String text, String by, Instant at) {
    if (scope instanceof PolicyScope.OfHost && !setting.isPerHost()) {
      throw new IllegalArgumentException(
          "%s is set for zones or by default, not for one host".formatted(setting));
    }
    var value =
        new SetValue<>(setting, setting.parse(text), scope, by, at.truncatedTo(ChronoUnit.MILLIS));
    HostPolicy policy = policy(scope);
    SetValue<T> present = policy.get(setting);
    // Said twice is set once: since when a host needs approval must not move.
    if (present != null && present.value().equals(value.value())) {
      return present;
    }
    store.put(value.stored());
    remember(scope, policy.with(value));
    return value;
  }

  /**
   * Unsets it.
   *
   * @return what was set; null if nothing was
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized <T> @Nullable SetValue<T> unset(PolicyScope scope, PolicySetting<T> setting) {
    HostPolicy policy = policy(scope);
    SetValue<T> present = policy.get(setting);
    if (present != null) {
      store.remove(scope, setting.name());
      remember(scope, policy.without(setting));
    }
    return present;
  }

  /** A host whose TTL its zone does not allow would never be published. */
  @Override
  public @Nullable Refusal refusal(Host host, @Nullable Credential joined, NameClaim claim) {
    SetValue<TtlRange> range = effective(host, PolicySetting.TTL_RANGE);
    return range == null || range.value().contains(host.ttl())
        ? null
        : new Refusal(
            "its TTL would be %d s, and %s; choose another with --ttl"
                .formatted(host.ttl(), range.words()),
            "");
  }

  @Override
  public synchronized void left(Host host) {
    ofHosts.remove(host.name());
  }
}
