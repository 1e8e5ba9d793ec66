package net.homeport.registry.naming;

import java.util.HashMap;
import java.util.Map;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostNameCheck;
import net.homeport.registry.host.HostOwners;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.SetValue;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * How many hosts a zone may have, and an account in a zone, so that nobody uses up what all share.
 * Counts as hosts come and go; called by one thread at a time, as the registry does.
 */
public final class HostQuota implements HostNameCheck {
  private static final String OVERRIDE = "--force";

  private final HostPolicies policies;
  private final HostOwners owners;
  private final Map<Name, Integer> perZone = new HashMap<>();
  private final Map<Share, Integer> perAccount = new HashMap<>();
  private long leavingOwner = NameClaim.ADMINISTRATOR;

  private record Share(long account, Name zone) {}

  public HostQuota(HostPolicies policies, HostOwners owners) {
    this.policies = policies;
    this.owners = owners;
  }

  @Override
  public @Nullable Refusal refusal(Host host, @Nullable Credential joined, NameClaim claim) {
    if (claim.force()) {
      return null;
    }
    Name zone = host.zone();
    Refusal full =
        refusal(
            "the zone " + zone.toString(true),
            perZone.getOrDefault(zone, 0),
            policies.effective(zone, PolicySetting.HOSTS_PER_ZONE));
    return full != null
        ? full
        : refusal(
            "the account",
            perAccount.getOrDefault(new Share(claim.accountId(), zone), 0),
            policies.effective(zone, PolicySetting.HOSTS_PER_ACCOUNT));
  }

  private static @Nullable Refusal refusal(
      String whose, int present, @Nullable SetValue<Integer> most) {
    return most == null || present < most.value()
        ? null
        : new Refusal("%s has %d hosts, and %s".formatted(whose, present, most.words()), OVERRIDE);
  }

  @Override
  public void loaded(Host host) {
    count(host, owners.ownerOf(host), 1);
  }

  @Override
  public void admitted(Host host, NameClaim claim) {
    count(host, claim.accountId(), 1);
  }

  @Override
  public void notAdded(Host host, NameClaim claim) {
    count(host, claim.accountId(), -1);
  }

  /** Whose it is can be told as long as it is there. */
  @Override
  public void leaving(Host host, String username) {
    leavingOwner = owners.ownerOf(host);
  }

  @Override
  public void left(Host host) {
    count(host, leavingOwner, -1);
  }

  private void count(Host host, long owner, int by) {
    add(perZone, host.zone(), by);
    add(perAccount, new Share(owner, host.zone()), by);
  }

  private static <K> void add(Map<K, Integer> counts, K key, int by) {
    int sum = counts.getOrDefault(key, 0) + by;
    if (sum > 0) {
      counts.put(key, sum);
    } else {
      counts.remove(key);
    }
  }
}
