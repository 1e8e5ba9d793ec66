package net.homeport.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.testkit.FakeClock;
import org.junit.jupiter.api.Test;

/** People's passwords: Argon2id with its parameters, and nobody learns whether a name exists. */
final class PasswordHasherTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");

  private final PasswordHasher passwords = new PasswordHasher(new Random(7));

  @Test
  void aPasswordIsVerifiedAndAnotherIsNot() throws Exception {
    String hash = passwords.hash("correct horse battery");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(passwords.verify("correct horse battery", hash, false)).isTrue();
    assertThat(passwords.verify("correct horse batterx", hash, false)).isFalse();
    assertThat(passwords.verify("", hash, false)).isFalse();
    assertThat(passwords.hash("correct horse battery")).isNotEqualTo(hash);
  }

  /** Made by the reference implementation (github.com/P-H-C/phc-winner-argon2, its README). */
  @Test
  void aHashOfOthersIsUnderstood() throws Exception {
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(passwords.verify("password", hash, false)).isTrue();
    assertThat(passwords.verify("Password", hash, false)).isFalse();
  }

  @Test
  void anotherKindOfHashIsADefect() {
    assertThatThrownBy(() -> passwords.verify("x", "$2y$10$abcdefghijklmnopqrstuv", false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Threat: guessers who keep the server busy keep out who works there each day. */
  @Test
  void whoIsKnownDoesNotWaitForStrangers() throws Exception {
    String slow = passwords.hash("a long password").replace(",t=2,", ",t=100,");
    var guessers = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      guessers.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  boolean _ = passwords.verify("a guess", slow, true);
                } catch (PasswordHasher.BusyException _) {
                  // It is the other one's turn.
                }
              }));
    }
    while (!passwords.isBusyWithStrangers()) {
      Thread.onSpinWait();
    }
    assertThat(passwords.verify("x", passwords.hash("a long password"), false)).isFalse();
    assertThat(passwords.isBusyWithStrangers()).isTrue();
    for (Thread guesser : guessers) {
      guesser.join();
    }
  }

  private static InetAddress guesser(int number) {
    return InetAddress.ofLiteral("198.51.100." + number);
  }

  /** Threat: guessing at one person from many addresses; and locking them out by it. */
  @Test
  void whoGuessesAtOnePersonWaitsWhereverTheyAre() throws Exception {
    var clock = new FakeClock();
    var registry = new AccountRegistry(AccountStore.NONE, clock);
    var hasher = new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new Random(7));
    var reader = new PrincipalReader(registry, "administrator"::equals, hasher, passwords, clock);
    String password = "a long password";
    Person ann = registry.addPerson("ann", passwords.hash(password));
    Person bob = registry.addPerson("bob", passwords.hash(password));
    assertThat(reader.ofPassword("ann", password, HERE)).isEqualTo(new Principal.Member(ann, null));
    for (String name : List.of("ann", "nobody")) {
      for (int i = 0; i < PasswordTries.FREE; i++) {
        assertThat(reader.ofPassword(name, "guess " + i, guesser(i))).isNull();
      }
      for (int i = 0; i < 3; i++) {
        InetAddress next = guesser(100 + i);
        assertThatThrownBy(() -> reader.ofPassword(name.toUpperCase(Locale.ROOT), "guess", next))
            .isInstanceOfSatisfying(
                PasswordHasher.BusyException.class, e -> assertThat(e.retryAfter()).isPositive());
      }
    }
    // Right from where nobody knows them: not looked at, or guessing would be worth while.
    assertThatThrownBy(() -> reader.ofPassword("ann", password, guesser(200)))
        .isInstanceOf(PasswordHasher.BusyException.class);
    assertThat(reader.ofPassword("ann", password, HERE)).isEqualTo(new Principal.Member(ann, null));
    assertThat(reader.ofPassword("bob", password, guesser(1)))
        .isEqualTo(new Principal.Member(bob, null));
    clock.advance(PasswordTries.WAIT_MAX);
    assertThat(reader.ofPassword("ann", password, guesser(200)))
        .isEqualTo(new Principal.Member(ann, null));
  }

  @Test
  void nobodyWaitsForAClockThatWasSetBack() {
    var clock = new FakeClock();
    var tries = new PasswordTries(clock);
    while (tries.begin("ann").isZero()) {
      clock.advance(Duration.ofMillis(1));
    }
    clock.advance(Duration.ofHours(-1));
    assertThat(tries.begin("ann")).isZero();
    assertThat(tries.begin("ann")).isPositive().isLessThanOrEqualTo(PasswordTries.WAIT_MAX);
  }

  @Test
  void whoIsDisabledOrUnknownOrWrongIsNobody() throws Exception {
    var clock = new FakeClock();
    var registry = new AccountRegistry(AccountStore.NONE, clock);
    var hasher = new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new Random(7));
    var reader = new PrincipalReader(registry, "administrator"::equals, hasher, passwords, clock);
    Person ann = registry.addPerson("ann", passwords.hash("a long password"));
    registry.addPerson("bob", null);
    assertThat(reader.ofPassword("Ann", "a long password", HERE))
        .isEqualTo(new Principal.Member(ann, null));
    assertThat(reader.ofPassword("ann", "a wrong password", HERE)).isNull();
    assertThat(reader.ofPassword("nobody", "a long password", HERE)).isNull();
    assertThat(reader.ofPassword("bob", "", HERE)).isNull();
    assertThat(reader.ofPassword("ann", "x".repeat(PasswordHasher.PASSWORD_MAX + 1), HERE))
        .isNull();
    assertThat(reader.ofToken("administrator")).isEqualTo(new Principal.ServerAdministrator());
    assertThat(reader.ofToken("other")).isNull();
    registry.setDisabled(ann, true);
    assertThat(reader.ofPassword("ann", "a long password", HERE)).isNull();
  }
}
