package net.homeport.registry.host;

import static net.homeport.registry.host.CredentialHouse.names;
import static net.homeport.registry.host.CredentialHouse.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What credentials are for: scopes, further credentials of a host, rotation, and their end. */
final class HostCredentialsTest {
  private static final UpdateOutcome UPDATED = new UpdateOutcome.Updated();
  private static final UpdateAnswer UNAUTHORIZED = new UpdateAnswer.Unauthorized();

  private final CredentialHouse house = new CredentialHouse("home.test.", "other.test.");
  private final String own = house.host("cam.home.test.");

  @AfterEach
  void close() {
    house.close();
  }

  private static CredentialChange.Done done(CredentialChange change) {
    return (CredentialChange.Done) change;
  }

  private static String secret(CredentialChange change) {
    return Objects.requireNonNull(done(change).secret());
  }

  private String why(Authentication authentication) {
    return ((Authentication.Unproven) authentication).why();
  }

  @Test
  void severalTokensChangeOneHostEachInItsScope() {
    house.host("nas.home.test.");
    house.host("tv.rooms.home.test.");
    String router = house.credential("router@cam", names("cam.home.test."));
    String all = house.credential("all", names("*.home.test."));
    String rooms = house.credential("rooms", names("*.rooms.home.test.", "nas.home.test."));
    assertThat(house.update(own, "cam.home.test", "192.0.2.1")).isEqualTo(UPDATED);
    assertThat(house.update(router, "cam.home.test", "192.0.2.2")).isEqualTo(UPDATED);
    assertThat(house.update(all, "cam.home.test", "192.0.2.3")).isEqualTo(UPDATED);
    assertThat(house.update(router, "nas.home.test", "192.0.2.4"))
        .isEqualTo(CredentialHouse.noSuchHost());
    assertThat(house.update(rooms, "nas.home.test", "192.0.2.5")).isEqualTo(UPDATED);
    assertThat(house.update(rooms, "tv.rooms.home.test", "192.0.2.6")).isEqualTo(UPDATED);
    assertThat(house.update(rooms, "cam.home.test", "192.0.2.7"))
        .isEqualTo(CredentialHouse.noSuchHost());
    assertThat(house.house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.3");
  }

  @Test
  void aSiteMeansItsHosts() {
    house.host("desk1.home.test.");
    String office =
        house.credential("office", CredentialScope.DEFAULT.with(new NameScope.OfSite("office")));
    assertThat(house.update(office, "desk1.home.test", "192.0.2.1")).isEqualTo(UPDATED);
    assertThat(house.update(office, "cam.home.test", "192.0.2.1"))
        .isEqualTo(CredentialHouse.noSuchHost());
  }

  @Test
  void devicesThatKnowOnlyTheHostsNameSendItAsUserName() {
    String router = house.credential("router@cam", names("cam.home.test."));
    house.host("nas.home.test.");
    for (String username :
        List.of("router@cam", "ROUTER@CAM", "cam.home.test", "CAM.home.test.", "")) {
      assertThat(house.password(username, router, "192.0.2.9"))
          .as(username)
          .isInstanceOf(Authentication.Proven.class);
    }
    for (String username : List.of("nas.home.test", "no.home.test", "someone", "a..b")) {
      assertThat(why(house.password(username, router, "192.0.2.9")))
          .as(username)
          .isEqualTo("unknown user name or wrong secret");
    }
  }

  @Test
  void typesBoundWhatChangesAndNoneMakesACredentialThatOnlyProves() {
    String six = house.credential("six", scopeOf(names("cam.home.test."), Set.of(Type.AAAA)));
    String none = house.credential("none", scopeOf(names("cam.home.test."), Set.of()));
    assertThat(house.update(six, "cam.home.test", "2001:db8::1")).isEqualTo(UPDATED);
    assertThat(house.update(six, "cam.home.test", "192.0.2.1"))
        .isEqualTo(
            new UpdateOutcome.Rejected(
                Reason.NOT_ALLOWED, "the credential six is not for records of type A"));
    assertThat(house.update(none, "cam.home.test", "2001:db8::1"))
        .isInstanceOf(UpdateOutcome.Rejected.class);
    assertThat(house.token(none, "192.0.2.9")).isInstanceOf(Authentication.Proven.class);
    assertThat(house.rejected).contains("the credential six is not for records of type A");
  }

  private static CredentialScope scopeOf(CredentialScope scope, Set<Integer> types) {
    return new CredentialScope(scope.names(), types, Set.of(), List.of(), null, null, false);
  }

  private void limit(CredentialScope scope) {
    done(house.credentials.scope("cam.home.test", scope));
  }

  @Test
  void aTokenFromTheWrongNetworkIsBadauthAndTheHistorySaysWhy() {
    limit(
        scope(
            CredentialScope.ANY_TYPE,
            Set.of(),
            List.of("203.0.113.0/24", "2001:db8:7::/48"),
            null,
            null,
            false));
    var token = new Presented.Token(own);
    assertThat(
            house.update(token, CredentialHouse.from("198.51.100.7"), "cam.home.test", "192.0.2.1"))
        .isEqualTo(UNAUTHORIZED);
    assertThat(house.rejected).containsExactly("the credential cannot be used from 198.51.100.7");
    assertThat(
            house.update(
                token, CredentialHouse.from("203.0.113.200"), "cam.home.test", "192.0.2.1"))
        .isEqualTo(UPDATED);
    assertThat(
            house.update(
                token, CredentialHouse.from("2001:db8:7:1::5"), "cam.home.test", "192.0.2.2"))
        .isEqualTo(UPDATED);
  }

  @Test
  void aTokenAtTheWrongFrontDoorOrInClearIsBadauth() {
    limit(scope(CredentialScope.ANY_TYPE, Set.of("dyndns2"), List.of(), null, null, true));
    InetAddress source = InetAddress.ofLiteral("192.0.2.9");
    var token = new Presented.Token(own);
    assertThat(why(house.authenticator.authenticate(token, new RequestOrigin(source, "duckdns"))))
        .isEqualTo("the credential is not for the front door duckdns");
    assertThat(why(house.authenticator.authenticate(token, new RequestOrigin(source, "dyndns2"))))
        .isEqualTo("the credential was sent in clear, and is for TLS only");
    assertThat(
            house.authenticator.authenticate(
                token, new RequestOrigin(source, "dyndns2", "TLSv1.3", "curl")))
        .isInstanceOf(Authentication.Proven.class);
  }

  @Test
  void anExpiredTokenIsBadauth() {
    limit(
        scope(
            CredentialScope.ANY_TYPE,
            Set.of(),
            List.of(),
            house.house.clock.instant().plus(Duration.ofDays(1)),
            null,
            false));
    house.house.clock.advance(Duration.ofHours(23));
    assertThat(house.token(own, "192.0.2.9")).isInstanceOf(Authentication.Proven.class);
    house.house.clock.advance(Duration.ofHours(1));
    assertThat(why(house.token(own, "192.0.2.9")))
        .startsWith("the credential expired at 2026-01-02");
  }

  /** What was so before may stay, or nothing else of one that ended could be changed. */
  @Test
  void anEndThatIsSetIsToCome() {
    var end = house.house.clock.instant().plus(Duration.ofDays(1));
    CredentialScope ended = scope(CredentialScope.ANY_TYPE, Set.of(), List.of(), end, null, false);
    limit(ended);
    house.house.clock.advance(Duration.ofDays(2));
    limit(scope(CredentialScope.ANY_TYPE, Set.of("dyndns2"), List.of(), end, null, false));
    CredentialScope over =
        scope(CredentialScope.ANY_TYPE, Set.of(), List.of(), end.plusSeconds(1), null, false);
    assertThat(house.credentials.scope("cam.home.test", over))
        .isInstanceOfSatisfying(
            CredentialChange.Refused.class,
            refused -> assertThat(refused.why()).contains("is over; give a time that is to come"));
  }

  @Test
  void aTokenThatLiesUnusedEndsAndUseKeepsItAlive() {
    limit(scope(CredentialScope.ANY_TYPE, Set.of(), List.of(), null, Duration.ofDays(30), false));
    for (int use = 0; use < 3; use++) {
      house.house.clock.advance(Duration.ofDays(29));
      assertThat(house.token(own, "192.0.2.9")).isInstanceOf(Authentication.Proven.class);
    }
    house.house.clock.advance(Duration.ofDays(31));
    assertThat(why(house.token(own, "192.0.2.9"))).contains("it was not used since 2026-03-29");
    // A new secret is a new start.
    String fresh = secret(house.credentials.rotate("cam.home.test", Duration.ZERO));
    assertThat(house.token(fresh, "192.0.2.9")).isInstanceOf(Authentication.Proven.class);
  }

  @Test
  void lastUseIsKeptByTheMinuteAndSurvivesARestart() {
    Credential credential = Objects.requireNonNull(house.house.hosts.credential("cam.home.test"));
    assertThat(house.credentials.lastUse(credential)).isNull();
    house.house.clock.advance(Duration.ofSeconds(90));
    house.token(own, "192.0.2.9");
    assertThat(house.credentials.lastUse(credential)).hasToString("2026-01-01T00:01:00Z");
    assertThat(house.uses.flush(64)).isEqualTo(1);
    house.token(own, "192.0.2.9");
    // Nothing to write within the same minute.
    assertThat(house.uses.flush(64)).isZero();
    var reopened = new CredentialUses(house.store);
    assertThat(reopened.lastUse(credential.id())).hasToString("2026-01-01T00:01:00Z");
  }

  @Test
  void rotationWithOverlapTakesBothUntilItEnds() {
    String second = secret(house.credentials.rotate("cam.home.test", Duration.ofDays(7)));
    house.house.clock.advance(Duration.ofDays(6));
    assertThat(house.password("cam.home.test", own, "192.0.2.9"))
        .isInstanceOf(Authentication.Proven.class);
    String third = secret(house.credentials.rotate("cam.home.test", Duration.ofDays(7)));
    for (String secret : List.of(own, second, third)) {
      assertThat(house.token(secret, "192.0.2.9")).isInstanceOf(Authentication.Proven.class);
    }
    assertThat(house.credentials.rotate("cam.home.test", Duration.ofDays(7)))
        .isInstanceOfSatisfying(
            CredentialChange.Refused.class,
            refused -> assertThat(refused.why()).contains("--overlap 0s"));
    house.house.clock.advance(Duration.ofDays(1));
    assertThat(house.token(own, "192.0.2.9")).isInstanceOf(Authentication.Unproven.class);
    assertThat(house.token(second, "192.0.2.9")).isInstanceOf(Authentication.Proven.class);
    String last = secret(house.credentials.rotate("cam.home.test", Duration.ZERO));
    for (String secret : List.of(own, second, third)) {
      assertThat(house.token(secret, "192.0.2.9")).isInstanceOf(Authentication.Unproven.class);
    }
    assertThat(house.token(last, "192.0.2.9")).isInstanceOf(Authentication.Proven.class);
  }

  @Test
  void aDisabledTokenIsBadauthUntilItIsEnabled() {
    house.credentials.disable("cam.home.test", true);
    assertThat(why(house.token(own, "192.0.2.9"))).isEqualTo("the credential is disabled");
    house.credentials.disable("cam.home.test", false);
    assertThat(house.token(own, "192.0.2.9")).isInstanceOf(Authentication.Proven.class);
  }

  @Test
  void nothingIsTrueBeforeItIsStored() {
    house.store.failing(true);
    assertThatThrownBy(() -> house.credentials.rotate("cam.home.test", Duration.ZERO))
        .isInstanceOf(RegistryStoreException.class);
    assertThatThrownBy(() -> house.credentials.disable("cam.home.test", true))
        .isInstanceOf(RegistryStoreException.class);
    assertThatThrownBy(() -> house.credential("more", names("cam.home.test.")))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(house.token(own, "192.0.2.9")).isInstanceOf(Authentication.Proven.class);
    assertThat(house.house.hosts.credential("more")).isNull();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(house.credentials.add(new NewCredential("x", "", CredentialScope.DEFAULT, false)))
        .isInstanceOf(CredentialChange.Refused.class);
    assertThat(house.credentials.add(new NewCredential("x", "", names("no.home.test."), false)))
        .isInstanceOfSatisfying(
            CredentialChange.Refused.class,
            refused -> assertThat(refused.why()).contains("there is no host 'no.home.test'"));
    assertThat(house.credentials.add(new NewCredential("a b", "", names("cam.home.test."), false)))
        .isInstanceOf(CredentialChange.Refused.class);
    assertThat(
            house.credentials.add(
                new NewCredential("cam.home.test", "", names("cam.home.test."), false)))
        .isInstanceOf(CredentialChange.AlreadyThere.class);
    assertThat(house.credentials.remove("cam.home.test"))
        .isInstanceOf(CredentialChange.Refused.class);
    assertThat(house.credentials.rotate("nobody", Duration.ZERO))
        .isEqualTo(new CredentialChange.NoSuchCredential("nobody"));
    assertThat(house.credentials.rotate("cam.home.test", Duration.ofDays(400)))
        .isInstanceOf(CredentialChange.Refused.class);
  }

  @Test
  void aRemovedCredentialIsGone() {
    String router = house.credential("router@cam", names("cam.home.test."));
    assertThat(house.credentials.remove("router@cam")).isInstanceOf(CredentialChange.Done.class);
    assertThat(house.token(router, "192.0.2.9")).isInstanceOf(Authentication.Unproven.class);
    assertThat(house.credentials.credentials(null, house.grants))
        .extracting(Credential::username)
        .containsExactly("cam.home.test");
  }

  @Test
  void thoseOfOneHostAreItsOwnAndThoseThatAreForIt() {
    house.host("desk.home.test.");
    house.credential("router@cam", names("cam.home.test."));
    house.credential("all", names("*.home.test."));
    house.credential("elsewhere", names("*.example.test."));
    var cam = Objects.requireNonNull(house.house.hosts.host(DnsText.name("cam.home.test.")));
    assertThat(house.credentials.credentials(cam, house.grants))
        .extracting(Credential::username)
        .containsExactly("all", "cam.home.test", "router@cam");
    house.credentials.scope("cam.home.test", names("desk.home.test."));
    assertThat(house.credentials.credentials(cam, house.grants))
        .extracting(Credential::username)
        .containsExactly("all", "router@cam");
  }

  @Test
  void theNextOnesComeInOrderOfTheirNames() {
    for (String username : List.of("d", "b", "e", "a")) {
      house.credential(username, names("cam.home.test."));
    }
    assertThat(house.credentials.next(null, house.grants, _ -> true, "", 3))
        .extracting(Credential::username)
        .containsExactly("a", "b", "cam.home.test");
    assertThat(house.credentials.next(null, house.grants, _ -> true, "c", 9))
        .extracting(Credential::username)
        .containsExactly("cam.home.test", "d", "e");
    assertThat(house.credentials.next(null, house.grants, _ -> true, "e", 9)).isEmpty();
  }

  /** Of a million, few may be a member's: each page looks at every one of them once. */
  @Test
  void theNextOnesOfThoseThatAreShownAreFoundInOnePass() {
    for (String username : List.of("d", "b", "e", "a")) {
      house.credential(username, names("cam.home.test."));
    }
    var asked = new ArrayList<String>();
    assertThat(
            house.credentials.next(
                null,
                house.grants,
                credential -> {
                  asked.add(credential.username());
                  return credential.username().equals("e");
                },
                "",
                2))
        .extracting(Credential::username)
        .containsExactly("e");
    assertThat(asked).containsExactlyInAnyOrder("a", "b", "cam.home.test", "d", "e");
  }
}
