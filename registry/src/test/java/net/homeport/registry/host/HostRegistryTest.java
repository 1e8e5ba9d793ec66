package net.homeport.registry.host;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.homeport.registry.House;
import net.homeport.registry.credential.Credential;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may be a host, and with which credential. */
final class HostRegistryTest {
  private final House house =
      new House(
          """
          home.test.
          web A 192.0.2.1
          web6 AAAA 2001:db8::1
          alias CNAME web
          text TXT hello
          sub NS ns.elsewhere.invalid.
          dn DNAME elsewhere.invalid.
          *.wild A 192.0.2.9
          """,
          "inner.home.test.");
  private final HostRegistry hosts = house.hosts;

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aHostGetsACredentialOfItsOwnWhoseSecretIsToldOnce() {
    HostAddition.Added added = house.host("Cam.home.test.");
    Credential credential = added.credential();
    assertThat(added.host())
        .isEqualTo(
            new Host(
                name("cam.home.test."),
                name("home.test."),
                credential.id(),
                60,
                house.clock.instant()));
    assertThat(credential.username()).isEqualTo("Cam.home.test");
    assertThat(credential.secretHash())
        .isEqualTo(house.hasher.hash(Objects.requireNonNull(added.secret())));
    assertThat(hosts.host(name("CAM.home.test."))).isEqualTo(added.host());
    assertThat(hosts.credential("cam.HOME.test")).isEqualTo(credential);
    assertThat(hosts.credentialOf(added.host())).isEqualTo(credential);
    assertThat(hosts.hostCount()).isOne();
  }

  @Test
  void aHostJoinsACredentialThatExists() {
    HostAddition.Added first = house.host("cam.home.test.");
    var second = (HostAddition.Added) hosts.addTo("CAM.home.test", name("nas.home.test."), 300);
    assertThat(second.secret()).isNull();
    assertThat(second.credential()).isEqualTo(first.credential());
    assertThat(second.host().credentialId()).isEqualTo(first.host().credentialId());
    assertThat(second.host().ttl()).isEqualTo(300);
    assertThat(house.store.credentials()).hasSize(1);
    assertThat(house.store.hosts()).hasSize(2);
  }

  @Test
  void aHostWhoseRightsCannotEndStays() {
    Host host = house.host("cam.home.test.").host();
    hosts.whenLeaving(_ -> {
      throw new RegistryStoreException("the disk is full", new IllegalStateException());
    });
    assertThatThrownBy(() -> hosts.remove(host.name())).isInstanceOf(RegistryStoreException.class);
    assertThat(hosts.host(host.name())).isEqualTo(host);
    assertThat(house.store.hosts()).containsExactly(host);
  }

  @Test
  void aListenerThatFailsKeepsTheOthersFromNothing() {
    Host host = house.host("cam.home.test.").host();
    var heard = new ArrayList<Host>();
    hosts.whenRemoved(_ -> {
      throw new RegistryStoreException("the disk is full", new IllegalStateException());
    });
    hosts.whenRemoved(heard::add);
    assertThatThrownBy(() -> hosts.remove(host.name())).isInstanceOf(RegistryStoreException.class);
    assertThat(hosts.host(host.name())).isNull();
    assertThat(heard).containsExactly(host);
  }

  @Test
  void aHostLivesInTheInnermostZone() {
    assertThat(house.host("cam.inner.home.test.").host().zone())
        .isEqualTo(name("inner.home.test."));
    assertThat(house.host("home.test.").host().zone()).isEqualTo(name("home.test."));
  }

  @Test
  void theSameNameTwiceIsAlreadyThere() {
    Host first = house.host("cam.home.test.").host();
    assertThat(hosts.add(name("CAM.home.test."), 60))
        .isEqualTo(new HostAddition.AlreadyThere(first));
    house.host("nas.home.test.");
    assertThat(hosts.addTo("nas.home.test", name("cam.home.test."), 60))
        .isEqualTo(new HostAddition.AlreadyThere(first));
    assertThat(house.store.hosts()).hasSize(2);
  }

  @Test
  void aNameInNoZoneOfOursIsRefused() {
    assertThat(hosts.add(name("cam.elsewhere.test."), 60))
        .isEqualTo(new HostAddition.NoSuchZone(name("cam.elsewhere.test.")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b\\252cher.home.test.", // one octet of Latin-1
        "a\\032b.home.test.",
        "<b>.home.test.",
        "a\\.b.home.test.",
        "-a.home.test.",
        "a-.home.test.",
        "*.home.test.",
        "a@b.home.test."
      })
  void aNameThatNoDeviceCouldSendIsNoHost(String text) {
    assertThat(hosts.add(name(text), 60)).isInstanceOf(HostAddition.NotAHostName.class);
    assertThat(hosts.hosts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xn--bcher-kva.home.test.", "0.home.test.", "_cam.home.test.", "A-1.home.test."})
  void whatDevicesAreCalledIsAHost(String text) {
    assertThat(hosts.add(name(text), 60)).isInstanceOf(HostAddition.Added.class);
  }

  @Test
  void anUnknownCredentialIsRefused() {
    assertThat(hosts.addTo("nobody", name("cam.home.test."), 60))
        .isEqualTo(new HostAddition.NoSuchCredential("nobody"));
    assertThat(hosts.hosts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "web.home.test.,     static A record",
    "web6.home.test.,    static AAAA record",
    "alias.home.test.,   static CNAME record",
    "sub.home.test.,     delegation of sub.home.test.",
    "a.b.sub.home.test., delegation of sub.home.test.",
    "a.dn.home.test.,    DNAME record of dn.home.test.",
  })
  void aNameWhoseAddressWouldNotBeSeenIsTaken(String wanted, String why) {
    assertThat(hosts.add(name(wanted), 60))
        .isInstanceOfSatisfying(
            HostAddition.NameTaken.class,
            taken -> {
              assertThat(taken.name()).isEqualTo(name(wanted));
              assertThat(taken.why()).contains(why);
            });
    assertThat(house.store.hosts()).isEmpty();
    assertThat(house.store.credentials()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text.home.test.", "dn.home.test.", "a.wild.home.test.", "x.y.home.test."})
  void otherRecordsAreNotInTheWay(String wanted) {
    assertThat(hosts.add(name(wanted), 60)).isInstanceOf(HostAddition.Added.class);
  }

  @Test
  void aUserNameIsNotGivenTwice() {
    house.host("cam.home.test.");
    house.hostOf("cam.home.test", "nas.home.test.");
    hosts.remove(name("cam.home.test."));
    // Its credential lives on with the other host; a new one would be confused with it.
    assertThat(hosts.add(name("Cam.home.test."), 60))
        .isInstanceOfSatisfying(
            HostAddition.NameTaken.class,
            taken -> assertThat(taken.why()).contains("join it with --username"));
    assertThat(hosts.addTo("cam.home.test", name("cam.home.test."), 60))
        .isInstanceOf(HostAddition.Added.class);
  }

  @Test
  void theCredentialGoesWithItsLastHost() {
    Host cam = house.host("cam.home.test.").host();
    house.hostOf("cam.home.test", "nas.home.test.");
    assertThat(hosts.remove(name("CAM.home.test."))).isEqualTo(cam);
    assertThat(hosts.host(name("cam.home.test."))).isNull();
    assertThat(hosts.credential("cam.home.test")).isNotNull();
    assertThat(hosts.remove(name("nas.home.test."))).isNotNull();
    assertThat(hosts.credential("cam.home.test")).isNull();
    assertThat(house.store.credentials()).isEmpty();
    assertThat(hosts.remove(name("nas.home.test."))).isNull();
  }

  @Test
  void aRemovedHostComesBackWithAnotherSecretAndAnotherCredential() {
    HostAddition.Added first = house.host("cam.home.test.");
    hosts.remove(name("cam.home.test."));
    house.clock.advance(Duration.ofDays(1));
    HostAddition.Added again = house.host("cam.home.test.");
    assertThat(again.secret()).isNotEqualTo(first.secret());
    assertThat(again.credential().id()).isNotEqualTo(first.credential().id());
    assertThat(again.host().createdAt()).isAfter(first.host().createdAt());
  }

  @Test
  void whatCannotBeStoredDidNotHappen() {
    house.host("nas.home.test.");
    house.store.failing(true);
    assertThatThrownBy(() -> hosts.add(name("cam.home.test."), 60))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(hosts.host(name("cam.home.test."))).isNull();
    assertThat(hosts.credential("cam.home.test")).isNull();
    assertThatThrownBy(() -> hosts.remove(name("nas.home.test.")))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(hosts.host(name("nas.home.test."))).isNotNull();
    assertThat(hosts.credential("nas.home.test")).isNotNull();
    house.store.failing(false);
    assertThat(hosts.add(name("cam.home.test."), 60)).isInstanceOf(HostAddition.Added.class);
    assertThat(hosts.remove(name("nas.home.test."))).isNotNull();
  }

  @Test
  void manyAreAddedTogetherOrNotAtAll() {
    List<HostRequest> wanted =
        List.of(
            wish("router.home.test.", null),
            wish("cam.home.test.", "Router.home.test"),
            wish("web.home.test.", null));
    HostAdditions refused = hosts.addAll(wanted, false);
    assertThat(refused.stored()).isFalse();
    assertThat(refused.each().get(2)).isInstanceOf(HostAddition.NameTaken.class);
    assertThat(hosts.hosts()).isEmpty();
    assertThat(hosts.credential("router.home.test")).isNull();
    assertThat(house.store.hosts()).isEmpty();

    List<HostRequest> sound = wanted.subList(0, 2);
    assertThat(hosts.addAll(sound, true).stored()).isFalse();
    assertThat(hosts.hosts()).isEmpty();

    house.store.failing(true);
    assertThatThrownBy(() -> hosts.addAll(sound, false)).isInstanceOf(RegistryStoreException.class);
    assertThat(hosts.hosts()).isEmpty();
    house.store.failing(false);

    assertThat(hosts.addAll(sound, false).stored()).isTrue();
    assertThat(hosts.hosts()).hasSize(2);
    assertThat(house.store.hosts()).hasSize(2);
    assertThat(house.store.credentials())
        .singleElement()
        .satisfies(credential -> assertThat(credential.username()).isEqualTo("router.home.test"));
  }

  @Test
  void whatIsThereAlreadyIsNotInTheWayOfTheOthers() {
    Host first = house.host("cam.home.test.").host();
    HostAdditions additions =
        hosts.addAll(List.of(wish("cam.home.test.", null), wish("nas.home.test.", null)), false);
    assertThat(additions.stored()).isTrue();
    assertThat(additions.each().getFirst()).isEqualTo(new HostAddition.AlreadyThere(first));
    assertThat(hosts.hosts()).hasSize(2);
    assertThat(hosts.credential("nas.home.test"))
        .satisfies(nas -> assertThat(nas.id()).isNotEqualTo(first.credentialId()));
  }

  private static HostRequest wish(String host, @Nullable String username) {
    return new HostRequest(name(host), 60, username, NameClaim.ORDINARY);
  }

  @Test
  void aRestartFindsEverythingAgain() {
    house.host("cam.home.test.");
    house.hostOf("cam.home.test", "nas.home.test.");
    HostAddition.Added last = house.host("zoo.home.test.");
    var restarted =
        new HostRegistry(house.store, house.writer::snapshot, house.hasher, house.clock);
    assertThat(restarted.hosts()).isEqualTo(hosts.hosts());
    assertThat(restarted.credential("CAM.home.test")).isEqualTo(hosts.credential("cam.home.test"));
    var next = (HostAddition.Added) restarted.add(name("new.home.test."), 60);
    assertThat(next.credential().id()).isGreaterThan(last.credential().id());
  }

  @Test
  void hostsAreListedInCanonicalOrder() {
    // RFC 4034 6.1: by the rightmost label first.
    List.of("b.home.test.", "a.b.home.test.", "a.home.test.", "Z.a.home.test.")
        .forEach(house::host);
    assertThat(hosts.hosts())
        .extracting(host -> host.name().toString())
        .containsExactly("a.home.test.", "Z.a.home.test.", "b.home.test.", "a.b.home.test.");
  }

  @Test
  void ofManyWhoWantTheSameNameOneGetsIt() {
    List<HostAddition> additions =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(_ -> hosts.add(name("cam.home.test."), 60))
            .toList();
    assertThat(additions).filteredOn(HostAddition.Added.class::isInstance).hasSize(1);
    assertThat(additions).filteredOn(HostAddition.AlreadyThere.class::isInstance).hasSize(63);
    assertThat(house.store.hosts()).hasSize(1);
    assertThat(house.store.credentials()).hasSize(1);
  }
}
