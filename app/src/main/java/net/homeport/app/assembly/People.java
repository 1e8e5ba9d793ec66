package net.homeport.app.assembly;

import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.Authorization;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.account.PasswordHasher;
import net.homeport.registry.account.PrincipalReader;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.host.HostRegistry;
import net.homeport.store.sqlite.SqliteAccountStore;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteHostDetailStore;
import net.homeport.web.api.AccountResource;
import net.homeport.web.api.ApiAccess;
import net.homeport.web.api.PersonResource;
import net.homeport.web.http.Tries;

/**
 * Everything about people, wired.
 *
 * @param access who may use the API
 */
record People(
    AccountRegistry accounts,
    HostDetails details,
    ApiAccess access,
    PasswordHasher passwords,
    SecretHasher hasher) {
  static People open(
      SqliteDatabase database,
      HostRegistry hosts,
      Predicate<String> administratorToken,
      SecretHasher hasher,
      RandomGenerator random,
      InstantSource clock) {
    var accounts = new AccountRegistry(new SqliteAccountStore(database), clock);
    var details = new HostDetails(new SqliteHostDetailStore(database), hosts, accounts);
    var passwords = new PasswordHasher(random);
    var principals = new PrincipalReader(accounts, administratorToken, hasher, passwords, clock);
    var access = new ApiAccess(principals, new Authorization(accounts, clock), new Tries(clock));
    return new People(accounts, details, access, passwords, hasher);
  }

  AccountResource accountResource() {
    return new AccountResource(accounts, details);
  }

  PersonResource personResource() {
    return new PersonResource(accounts, passwords, hasher);
  }
}
