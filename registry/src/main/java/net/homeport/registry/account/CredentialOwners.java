package net.homeport.registry.account;

import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Whose a credential is: the account's that owns all hosts which it may change and all that were
 * added with it. Nobody's but the server administrator's is one that has none, or those of several
 * accounts, or of which others may get a host tomorrow. Thread safe; touches no disk.
 */
public final class CredentialOwners {
  private final HostRegistry hosts;
  private final HostGrants grants;
  private final HostDetails details;
  private final AccountRegistry accounts;

  public CredentialOwners(
      HostRegistry hosts, HostGrants grants, HostDetails details, AccountRegistry accounts) {
    this.hosts = hosts;
    this.grants = grants;
    this.details = details;
    this.accounts = accounts;
  }

  /**
   * The account whose it is; null if it is the server administrator's. Costs as much as it has
   * hosts; one with {@link HostGrants#LISTED_MAX} or more is never an account's.
   */
  public @Nullable Account ownerOf(Credential credential) {
    List<Host> reached = new ArrayList<>(grants.hosts(credential, null));
    reached.addAll(hosts.addedWith(credential, Name.root, HostGrants.LISTED_MAX));
    if (reached.isEmpty() || reached.size() >= HostGrants.LISTED_MAX) {
      return null;
    }
    Account account = accounts.account(details.accountOf(reached.getFirst().name()));
    return account != null
            && reached.stream().allMatch(host -> details.accountOf(host.name()) == account.id())
            && staysWith(account, credential)
        ? account
        : null;
  }

  /** Whose a host is. */
  public long accountOf(Host host) {
    return details.accountOf(host.name());
  }

  /** Whether no host of another account can come under it, whatever that account's people do. */
  private boolean staysWith(Account account, Credential credential) {
    CredentialProfile profile = hosts.profile(credential);
    return profile == null
        || !(profile.scope().names() instanceof NameScope.Listed listed)
        || listed.entries().stream()
            .allMatch(entry ->
                !entry.subtree()
                    || entry.accountId() == account.id()
                    || accounts.hasAlone(account, entry.name()));
  }

  /**
   * These, of the hosts of this account: what an account says of its credentials never is about
   * hosts that others get there later.
   */
  public NameScope limited(Account account, NameScope names) {
    return names instanceof NameScope.Listed listed
        ? new NameScope.Listed(
            listed.entries().stream().map(entry -> entry.of(account.id())).toList())
        : names;
  }

  /** Whether a credential of this account may be said to be for these: nothing of others. */
  public boolean isWithin(Account account, NameScope names) {
    return switch (names) {
      case NameScope.Own _, NameScope.None _ -> true;
      // Who is in a site, the server's administrator decides.
      case NameScope.OfSite _ -> false;
      case NameScope.Listed listed ->
          listed.entries().stream()
              .allMatch(entry ->
                  entry.subtree()
                      ? accounts.hasAlone(account, entry.name())
                      : hosts.host(entry.name()) != null
                          && details.accountOf(entry.name()) == account.id());
    };
  }
}
