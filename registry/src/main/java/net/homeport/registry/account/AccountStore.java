package net.homeport.registry.account;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * Where accounts and people are durable. Every change is on disk when the method returns; each
 * throws {@link net.homeport.registry.host.RegistryStoreException} when nothing was stored.
 */
public interface AccountStore {
  /** Keeps nothing: what is added lasts as long as the process. */
  AccountStore NONE = new ForgetfulAccountStore();

  /**
   * The highest number that an account, a person or a token has or ever had, also one that is gone;
   * 0 for none.
   */
  long lastId();

  List<Account> accounts();

  List<Person> people();

  List<Membership> memberships();

  List<PersonalToken> tokens();

  List<NameGrant> grants();

  /** Keeps an account, in place of that of the same number. */
  void put(Account account);

  /** Removes an account, its members' roles, its grants and the tokens for it alone. */
  void removeAccount(long id);

  /** Keeps a person, in place of that of the same number. */
  void put(Person person);

  /** Removes a person with roles and tokens. */
  void removePerson(long id);

  /** Keeps a role, in place of the one the person has in that account. */
  void put(Membership membership);

  void removeMembership(long accountId, long personId);

  void put(PersonalToken token);

  void removeToken(long id);

  void put(NameGrant grant);

  void removeGrant(long accountId, Name subtree);
}
