package net.homeport.registry.account;

import java.util.List;
import org.xbill.DNS.Name;

/** Keeps nothing. */
final class ForgetfulAccountStore implements AccountStore {
  @Override
  public long lastId() {
    return 0;
  }

  @Override
  public List<Account> accounts() {
    return List.of();
  }

  @Override
  public List<Person> people() {
    return List.of();
  }

  @Override
  public List<Membership> memberships() {
    return List.of();
  }

  @Override
  public List<PersonalToken> tokens() {
    return List.of();
  }

  @Override
  public List<NameGrant> grants() {
    return List.of();
  }

  @Override
  public void put(Account account) {}

  @Override
  public void removeAccount(long id) {}

  @Override
  public void put(Person person) {}

  @Override
  public void removePerson(long id) {}

  @Override
  public void put(Membership membership) {}

  @Override
  public void removeMembership(long accountId, long personId) {}

  @Override
  public void put(PersonalToken token) {}

  @Override
  public void removeToken(long id) {}

  @Override
  public void put(NameGrant grant) {}

  @Override
  public void removeGrant(long accountId, Name subtree) {}
}
