package net.homeport.registry.account;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import net.homeport.registry.account.PasswordHasher.BusyException;
import net.homeport.registry.credential.SecretHasher;
import org.jspecify.annotations.Nullable;

/** Finds out who somebody is by what they show. Thread safe. */
public final class PrincipalReader {
  private final AccountRegistry accounts;
  private final Predicate<String> administratorToken;
  private final SecretHasher hasher;
  private final PasswordHasher passwords;
  private final InstantSource clock;
  private final PasswordTries tries;

  /**
   * @param administratorToken whether a token is the administrator's, in the same time for all
   */
  public PrincipalReader(
      AccountRegistry accounts,
      Predicate<String> administratorToken,
      SecretHasher hasher,
      PasswordHasher passwords,
      InstantSource clock) {
    this.accounts = accounts;
    this.administratorToken = administratorToken;
    this.hasher = hasher;
    this.passwords = passwords;
    this.clock = clock;
    this.tries = new PasswordTries(clock);
  }

  /** Who this token is of; null if of nobody, or it has expired, or its owner is disabled. */
  public @Nullable Principal ofToken(String text) {
    if (administratorToken.test(text)) {
      return new Principal.ServerAdministrator();
    }
    PersonalToken token = accounts.token(hasher.hash(text));
    Person person = token == null ? null : accounts.person(token.personId());
    return token == null
            || person == null
            || person.disabled()
            || !accounts.isCurrent(token, clock.instant())
        ? null
        : new Principal.Member(person, token);
  }

  /**
   * Who has this name and password; null if nobody. Takes as long whether the name exists or not.
   *
   * @param source where they ask from
   * @throws BusyException when too many passwords are being looked at, or strangers sent too many
   *     wrong ones for this name
   */
  public @Nullable Principal ofPassword(String name, String password, InetAddress source)
      throws BusyException {
    if (password.length() > PasswordHasher.PASSWORD_MAX) {
      return null;
    }
    Person person = accounts.person(name);
    boolean isStranger = !tries.isKnown(person, source);
    if (isStranger) {
      Duration wait = tries.begin(name);
      if (wait.isPositive()) {
        throw new BusyException(wait);
      }
    }
    boolean right;
    try {
      right = isRight(person, password, isStranger);
    } catch (BusyException e) {
      if (isStranger) {
        tries.uncount(name);
      }
      throw e;
    }
    if (person == null || !right) {
      return null;
    }
    if (isStranger) {
      tries.uncount(name);
    }
    tries.succeeded(person, source);
    return new Principal.Member(person, null);
  }

  private boolean isRight(@Nullable Person person, String password, boolean isStranger)
      throws BusyException {
    String hash = person == null ? null : person.passwordHash();
    if (person == null || hash == null) {
      passwords.verifyNobody(password);
      return false;
    }
    return passwords.verify(password, hash, isStranger) && !person.disabled();
  }
}
