package net.homeport.registry.account;

import java.time.InstantSource;
import org.xbill.DNS.Name;

/** Decides who may do what. Thread safe; touches no disk. */
public final class Authorization {
  private final AccountRegistry accounts;
  private final InstantSource clock;

  public Authorization(AccountRegistry accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Whether they may do this with what belongs to that account. */
  public Permission may(Principal principal, Deed deed, long accountId) {
    return switch (principal) {
      case Principal.ServerAdministrator _ -> Permission.ALLOWED;
      case Principal.Member member -> may(member, deed, accountId);
    };
  }

  private Permission may(Principal.Member member, Deed deed, long accountId) {
    Person person = accounts.person(member.person().id());
    Account account = accounts.account(accountId);
    if (person == null || person.disabled() || account == null || account.suspended()) {
      return Permission.HIDDEN;
    }
    Role role = accounts.role(accountId, person.id());
    if (role == null) {
      return Permission.HIDDEN;
    }
    PersonalToken token = member.token();
    if (token != null) {
      Long only = token.accountId();
      if (!accounts.isCurrent(token, clock.instant()) || (only != null && only != accountId)) {
        return Permission.HIDDEN;
      }
      if (!token.limit().includes(deed.needed())) {
        return Permission.FORBIDDEN;
      }
    }
    return role.includes(deed.needed()) ? Permission.ALLOWED : Permission.FORBIDDEN;
  }

  /** Whether that account may have a host of this name: the house may, others where granted. */
  public boolean mayHave(Principal principal, long accountId, Name name) {
    return principal instanceof Principal.ServerAdministrator
        || accounts.grants(accountId).stream().anyMatch(grant -> grant.covers(name));
  }
}
