package net.homeport.registry.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.homeport.registry.credential.SecretHash;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.FakeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every deed, by everybody, to every account: what may be is said here by another rule than there.
 */
final class AuthorizationTest {
  private final FakeClock clock = new FakeClock();
  private final AccountRegistry registry = new AccountRegistry(AccountStore.NONE, clock);
  private final Authorization authorization = new Authorization(registry, clock);

  private enum Means {
    PASSWORD,
    TOKEN_FOR_ALL,
    TOKEN_TO_VIEW,
    TOKEN_OF_THIS_ACCOUNT,
    TOKEN_OF_ANOTHER_ACCOUNT,
    TOKEN_EXPIRED,
    TOKEN_REVOKED
  }

  private enum State {
    FINE,
    PERSON_DISABLED,
    PERSON_REMOVED,
    ACCOUNT_SUSPENDED,
    ROLE_TAKEN_AWAY
  }

  /** What each role may do, written out. */
  private static Set<Deed> allowed(@Nullable Role role) {
    if (role == null) {
      return Set.of();
    }
    return switch (role) {
      case VIEWER -> EnumSet.of(Deed.VIEW);
      case OPERATOR -> EnumSet.of(Deed.VIEW, Deed.MANAGE_HOSTS);
      case ADMINISTRATOR ->
          EnumSet.of(Deed.VIEW, Deed.MANAGE_HOSTS, Deed.MANAGE_CREDENTIALS, Deed.MANAGE_MEMBERS);
      case OWNER -> EnumSet.allOf(Deed.class);
    };
  }

  private static Permission expected(@Nullable Role role, Means means, State state, Deed deed) {
    boolean dead =
        role == null
            || state != State.FINE
            || means == Means.TOKEN_EXPIRED
            || means == Means.TOKEN_REVOKED
            || means == Means.TOKEN_OF_ANOTHER_ACCOUNT;
    if (dead) {
      return Permission.HIDDEN;
    }
    boolean may =
        allowed(role).contains(deed) && (means != Means.TOKEN_TO_VIEW || deed == Deed.VIEW);
    return may ? Permission.ALLOWED : Permission.FORBIDDEN;
  }

  private int cells;

  @TestFactory
  Stream<DynamicTest> everyDeedByEverybody() {
    var tests = new ArrayList<DynamicTest>();
    var roles = new ArrayList<@Nullable Role>(List.of(Role.values()));
    roles.add(null);
    for (Role role : roles) {
      for (Means means : Means.values()) {
        for (State state : State.values()) {
          for (Deed deed : Deed.values()) {
            tests.add(
                DynamicTest.dynamicTest(
                    "%s by %s, %s, %s".formatted(deed, role, means, state),
                    () -> check(role, means, state, deed)));
          }
        }
      }
    }
    assertThat(tests).hasSize(5 * 7 * 5 * 5);
    return tests.stream();
  }

  private void check(@Nullable Role role, Means means, State state, Deed deed) throws Exception {
    String number = String.valueOf(++cells);
    Account account = registry.addAccount("account " + number, null);
    Account other = registry.addAccount("other " + number, null);
    Person person = registry.addPerson("person " + number, null);
    if (role != null) {
      registry.setRole(account, person, role);
    }
    var principal = new Principal.Member(person, token(means, person, account, other));
    switch (state) {
      case FINE -> {}
      case PERSON_DISABLED -> registry.setDisabled(person, true);
      case PERSON_REMOVED -> registry.removePerson(person);
      case ACCOUNT_SUSPENDED -> registry.change(account, null, true);
      case ROLE_TAKEN_AWAY -> {
        if (role != null) {
          registry.removeMember(account, person);
        }
      }
    }
    assertThat(authorization.may(principal, deed, account.id()))
        .isEqualTo(expected(role, means, state, deed));
    // Of an account that they are not a member of, nobody learns that it exists.
    assertThat(authorization.may(principal, deed, other.id())).isEqualTo(Permission.HIDDEN);
    assertThat(authorization.may(principal, deed, Account.HOUSE)).isEqualTo(Permission.HIDDEN);
    assertThat(authorization.may(new Principal.ServerAdministrator(), deed, account.id()))
        .isEqualTo(Permission.ALLOWED);
  }

  private @Nullable PersonalToken token(Means means, Person person, Account account, Account other)
      throws Exception {
    byte[] octets = new byte[SecretHash.OCTETS];
    octets[0] = (byte) cells;
    octets[1] = (byte) (cells >> 8);
    var hash = new SecretHash(octets);
    Instant soon = clock.instant().plusSeconds(60);
    return switch (means) {
      case PASSWORD -> null;
      case TOKEN_FOR_ALL -> registry.addToken(person, hash, "", Role.OWNER, null, soon);
      case TOKEN_TO_VIEW -> registry.addToken(person, hash, "", Role.VIEWER, null, null);
      case TOKEN_OF_THIS_ACCOUNT ->
          registry.addToken(person, hash, "", Role.OWNER, account.id(), null);
      case TOKEN_OF_ANOTHER_ACCOUNT ->
          registry.addToken(person, hash, "", Role.OWNER, other.id(), null);
      case TOKEN_EXPIRED -> {
        PersonalToken token = registry.addToken(person, hash, "", Role.OWNER, null, soon);
        clock.advance(Duration.ofSeconds(60));
        yield token;
      }
      case TOKEN_REVOKED -> {
        PersonalToken token = registry.addToken(person, hash, "", Role.OWNER, null, null);
        registry.removeToken(person, token.id());
        yield token;
      }
    };
  }

  @Test
  void namesAreGrantedByTheSubtree() throws Exception {
    Account account = registry.addAccount("a", null);
    Person person = registry.addPerson("p", null);
    registry.setRole(account, person, Role.OWNER);
    var principal = new Principal.Member(person, null);
    registry.grant(account, DnsText.name("Branches.dyn.test."));
    for (String yes :
        List.of("branches.dyn.test.", "b1.branches.dyn.test.", "a.b.BRANCHES.dyn.test.")) {
      assertThat(authorization.mayHave(principal, account.id(), DnsText.name(yes))).isTrue();
    }
    for (String no : List.of("dyn.test.", "xbranches.dyn.test.", "b1.dyn.test.", "test.")) {
      assertThat(authorization.mayHave(principal, account.id(), DnsText.name(no))).isFalse();
    }
    registry.revoke(account, DnsText.name("branches.dyn.test."));
    assertThat(
            authorization.mayHave(principal, account.id(), DnsText.name("b1.branches.dyn.test.")))
        .isFalse();
    assertThat(
            authorization.mayHave(
                new Principal.ServerAdministrator(), Account.HOUSE, DnsText.name("any.test.")))
        .isTrue();
    assertThat(Objects.requireNonNull(registry.account("A")).id()).isEqualTo(account.id());
  }
}
