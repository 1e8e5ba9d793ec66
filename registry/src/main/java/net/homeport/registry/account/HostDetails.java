package net.homeport.registry.account;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import net.homeport.registry.account.AccountRefusedException.Kind;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostAdditions;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostRequest;
import net.homeport.registry.host.NameClaim;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Whose each host is, and its labels, in memory over a durable store. Thread safe. */
/*
 * A detail is kept before its host is added, and forgotten after its host is removed, whoever removed
 * it: a crash between the two leaves a detail without a host, which is nobody's, and never a host that
 * fell to the house. Changes take the registry's own lock, under which it tells of removals.
 */
public final class HostDetails {
  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final int VALUE_MAX = 200;

  private final HostDetailStore store;
  private final HostRegistry hosts;
  private final AccountRegistry accounts;
  private final Map<Name, HostDetail> details = new ConcurrentHashMap<>();
  private final Set<Name> leftovers = new HashSet<>(); // guarded by the registry's lock
  private final Map<Long, LongAdder> counts = new ConcurrentHashMap<>();

  public HostDetails(HostDetailStore store, HostRegistry hosts, AccountRegistry accounts) {
    this.store = store;
    this.hosts = hosts;
    this.accounts = accounts;
    store
        .details()
        .forEach((name, detail) -> {
          if (hosts.host(name) == null) {
            leftovers.add(name);
            return;
          }
          details.put(name, detail);
          count(detail.accountId(), 1);
        });
    forgetLeftovers();
    hosts.whenRemoved(this::removed);
  }

  /**
   * Takes out of the store what it may have of hosts that are not there, because they could not be
   * added, or that could not be forgotten: whoever is called like that next is nobody's but theirs
   * who add them.
   */
  private void forgetLeftovers() {
    if (!leftovers.isEmpty()) {
      store.removeAll(Set.copyOf(leftovers));
      leftovers.clear();
    }
  }

  private void count(long accountId, long change) {
    counts.computeIfAbsent(accountId, _ -> new LongAdder()).add(change);
  }

  /** What is known of a host. */
  public HostDetail of(Name name) {
    return details.getOrDefault(name, HostDetail.NONE);
  }

  /** Whose a host is. */
  public long accountOf(Name name) {
    return of(name).accountId();
  }

  /** How many hosts an account has; of the house only those with labels are counted. */
  public long hostCount(long accountId) {
    LongAdder count = counts.get(accountId);
    return count == null ? 0 : count.sum();
  }

  /**
   * Adds a host for an account.
   *
   * @param claim whose it will be
   * @param username of the credential it joins; null for one of its own
   * @throws AccountRefusedException when the account has as many as it may
   */
  public HostAddition add(NameClaim claim, Name name, long ttl, @Nullable String username)
      throws AccountRefusedException {
    var wanted = new HostRequest(name, ttl, username, claim);
    return addAll(List.of(wanted), false).each().getFirst();
  }

  /**
   * Adds hosts for accounts, all of them or none; those that are there already stay whose they are.
   *
   * @param trial whether only to tell what would become of it
   * @throws AccountRefusedException when an account would have more than it may
   */
  public HostAdditions addAll(List<HostRequest> wanted, boolean trial)
      throws AccountRefusedException {
    synchronized (hosts) {
      return added(wanted, trial);
    }
  }

  private HostAdditions added(List<HostRequest> wanted, boolean trial)
      throws AccountRefusedException {
    Map<Name, HostDetail> fresh = new LinkedHashMap<>();
    Map<Long, Integer> more = new HashMap<>();
    for (HostRequest one : wanted) {
      long accountId = one.claim().accountId();
      if (hosts.host(one.name()) == null && accountId != Account.HOUSE) {
        refuseTooMany(accountId, more.merge(accountId, 1, Integer::sum));
        fresh.put(one.name(), new HostDetail(accountId, new TreeMap<>()));
      }
    }
    if (trial) {
      return hosts.addAll(wanted, true);
    }
    forgetLeftovers();
    if (fresh.isEmpty()) {
      return hosts.addAll(wanted, false);
    }
    leftovers.addAll(fresh.keySet());
    store.putAll(fresh);
    HostAdditions additions = hosts.addAll(wanted, false);
    if (additions.stored()) {
      leftovers.removeAll(fresh.keySet());
      details.putAll(fresh);
      fresh.values().forEach(detail -> count(detail.accountId(), 1));
    } else {
      forgetLeftovers();
    }
    return additions;
  }

  private void refuseTooMany(long accountId, int more) throws AccountRefusedException {
    Account account = accounts.account(accountId);
    Integer most = account == null ? null : account.hostsMax();
    if (account != null && most != null && hostCount(accountId) + more > most) {
      throw new AccountRefusedException(
          Kind.CONFLICT,
          more == 1
              ? "the account '%s' has %d hosts, as many as it may".formatted(account.name(), most)
              : "the account '%s' may have %d hosts, and has %d"
                  .formatted(account.name(), most, hostCount(accountId)));
    }
  }

  /** Under the registry's lock, so it cannot have been added again meanwhile. */
  private void removed(Host host) {
    HostDetail detail = details.remove(host.name());
    if (detail != null) {
      count(detail.accountId(), -1);
      leftovers.add(host.name());
      forgetLeftovers();
    }
  }

  /**
   * Sets labels of a host; an empty value takes the label away, others stay.
   *
   * @throws AccountRefusedException that says which is none
   */
  public HostDetail label(Name name, Map<String, String> changes) throws AccountRefusedException {
    synchronized (hosts) {
      return labelled(name, changes);
    }
  }

  private HostDetail labelled(Name name, Map<String, String> changes)
      throws AccountRefusedException {
    HostDetail before = of(name);
    SortedMap<String, String> labels = new TreeMap<>(before.labels());
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (!KEY.matcher(change.getKey()).matches()) {
        throw new AccountRefusedException(
            Kind.INVALID,
            "'%s' cannot be a label: it has up to 63 of a-z, 0-9, '.', '_' and '-'"
                .formatted(change.getKey()));
      }
      String value = change.getValue();
      if (value.length() > VALUE_MAX || value.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
        throw new AccountRefusedException(
            Kind.INVALID,
            "the value of label '%s' has more than %d characters, or control characters"
                .formatted(change.getKey(), VALUE_MAX));
      }
      if (value.isEmpty()) {
        labels.remove(change.getKey());
      } else {
        labels.put(change.getKey(), value);
      }
    }
    if (labels.size() > HostDetail.LABELS_MAX) {
      throw new AccountRefusedException(
          Kind.INVALID, "a host has at most %d labels".formatted(HostDetail.LABELS_MAX));
    }
    var detail = new HostDetail(before.accountId(), labels);
    store.putAll(Map.of(name, detail));
    if (details.put(name, detail) == null) {
      count(detail.accountId(), 1);
    }
    return detail;
  }
}
