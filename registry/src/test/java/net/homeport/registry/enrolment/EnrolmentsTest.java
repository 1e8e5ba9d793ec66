package net.homeport.registry.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.CredentialHouse;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.key.MemoryKeyStore;
import net.homeport.registry.key.SecretCipher;
import net.homeport.registry.key.UpdateKey;
import net.homeport.registry.policy.UpdateRule;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** One-time codes: what devices get for them, once, and who gets nothing. */
final class EnrolmentsTest {
  private static final Name CAM = DnsText.name("cam.home.test.");
  private static final InetAddress DEVICE = InetAddress.ofLiteral("198.51.100.7");
  private static final Duration HOUR = Duration.ofHours(1);

  private static final class MemoryStore implements EnrolmentStore {
    private final Map<SecretHash, PendingEnrolment> kept = new ConcurrentHashMap<>();
    private volatile boolean failing;

    @Override
    public List<PendingEnrolment> pending() {
      return List.copyOf(kept.values());
    }

    @Override
    public void put(PendingEnrolment enrolment) {
      kept.put(enrolment.code(), enrolment);
    }

    @Override
    public void remove(SecretHash code) {
      if (failing) {
        throw new RegistryStoreException("the disk is full", new IllegalStateException());
      }
      kept.remove(code);
    }
  }

  private final CredentialHouse house = new CredentialHouse("home.test.");
  private final MemoryStore store = new MemoryStore();
  private final KeyRegistry keys =
      new KeyRegistry(
          new MemoryKeyStore(),
          new SecretCipher(new byte[32], new Random(5)),
          house.house.clock,
          new Random(6));
  private Enrolments enrolments = open();

  EnrolmentsTest() {
    house.host("cam.home.test.");
  }

  private Enrolments open() {
    return new Enrolments(
        house.house.hosts,
        house.credentials,
        keys,
        store,
        house.house.hasher,
        RejectedAttempts.NONE,
        house.house.clock);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private String code(EnrolmentKind kind) {
    return ((EnrolmentOffer.Offered) enrolments.offer(CAM, kind, "router", HOUR, "ann")).code();
  }

  private EnrolmentResult enrol(String code) {
    return enrolments.enrol(code, "", "", DEVICE);
  }

  @Test
  void aCodeGivesADeviceItsOwnSecretOnce() {
    String code = code(EnrolmentKind.TOKEN);
    assertThat(code).matches("[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}");
    assertThat(store.kept.keySet()).noneMatch(hash -> hash.toString().contains(code));
    var token = (EnrolmentResult.Token) enrol(code);
    assertThat(token.username()).isEqualTo("router@cam.home.test");
    assertThat(house.update(token.secret(), "cam.home.test", "192.0.2.1"))
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(house.password("cam.home.test", token.secret(), "192.0.2.9"))
        .isInstanceOf(Authentication.Proven.class);
    assertThat(enrol(code)).isEqualTo(new EnrolmentResult.Unknown());
    assertThat(store.kept).isEmpty();
    // As it may be typed, by a second device of the same host.
    String second = code(EnrolmentKind.TOKEN).toLowerCase(Locale.ROOT).replace("-", " ");
    assertThat(((EnrolmentResult.Token) enrol(second)).username())
        .isEqualTo("router-2@cam.home.test");
  }

  @Test
  void aCodeGivesATsigKeyForTheAddressesOfItsHostAlone() {
    var made = (EnrolmentResult.TsigKey) enrol(code(EnrolmentKind.TSIG));
    assertThat(made.key()).hasToString("router.cam.home.test.");
    UpdateKey key = Objects.requireNonNull(keys.key(made.key()));
    assertThat(key.rules().values())
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.types()).isEqualTo(Set.of(Type.A, Type.AAAA));
          assertThat(rule.toString())
              .isEqualTo("zone home.test owner cam.home.test type A,AAAA operation add,delete");
          assertThat(rule.operations()).containsExactly(UpdateRule.Operation.values());
        });
    assertThat(made.secret()).isEqualTo(keys.validSecrets(made.key()).getFirst().value());
    assertThat(made.toString()).doesNotContain(made.secret().base64());
  }

  @Test
  void aDeviceBringsItsOwnKeyAndHasFiveTries() {
    String code = code(EnrolmentKind.SIG0);
    String key = "512 3 15 " + Base64.getEncoder().encodeToString(new byte[32]);
    assertThat(enrolments.enrol(code, "rubbish", "", DEVICE))
        .isInstanceOfSatisfying(
            EnrolmentResult.Unusable.class,
            unusable -> assertThat(unusable.why()).contains("dnssec-keygen"));
    assertThat(enrolments.enrol(code, key, "other.home.test", DEVICE))
        .isInstanceOf(EnrolmentResult.Unusable.class);
    enrolments = open();
    var taken = (EnrolmentResult.Sig0Key) enrolments.enrol(code, key, "", DEVICE);
    assertThat(keys.publicHalf(taken.key())).isNotNull();
    String again = code(EnrolmentKind.SIG0);
    for (int attempt = 0; attempt < PendingEnrolment.TRIES_MAX; attempt++) {
      assertThat(enrolments.enrol(again, "rubbish", "", DEVICE))
          .isInstanceOf(EnrolmentResult.Unusable.class);
    }
    assertThat(enrolments.enrol(again, key, "a.cam.home.test", DEVICE))
        .isEqualTo(new EnrolmentResult.Unknown());
  }

  @Test
  void anOldCodeOrOneOfAHostThatWasRemovedIsWorthNothing() {
    String old = code(EnrolmentKind.TOKEN);
    house.house.clock.advance(HOUR);
    assertThat(enrol(old)).isEqualTo(new EnrolmentResult.Unknown());
    String orphan = code(EnrolmentKind.TOKEN);
    house.house.hosts.remove(CAM);
    house.house.clock.advance(Duration.ofMinutes(1));
    house.host("cam.home.test.");
    assertThat(enrol(orphan)).isEqualTo(new EnrolmentResult.Unknown());
  }

  /** The next holder of the name is there, by a clock that was set back. */
  @Test
  void aCodeEndsWithItsHostByWhateverClock() {
    String code = code(EnrolmentKind.TOKEN);
    house.house.clock.advance(Duration.ofDays(-1));
    house.house.hosts.remove(CAM);
    house.host("cam.home.test.");
    assertThat(enrolments.pending(null)).isEmpty();
    assertThat(store.kept).isEmpty();
    assertThat(enrol(code)).isInstanceOf(EnrolmentResult.Unknown.class);
  }

  @Test
  void threat8WrongCodesAreSlowedDownByAddress() {
    String code = code(EnrolmentKind.TOKEN);
    int lookedAt = 0;
    for (int guess = 0; guess < 10_000; guess++) {
      lookedAt += enrol("GUES-S000-" + guess) instanceof EnrolmentResult.Unknown ? 1 : 0;
    }
    assertThat(lookedAt).isBetween(20, 25);
    assertThat(enrolments.enrol(code, "", "", InetAddress.ofLiteral("192.0.2.200")))
        .isInstanceOf(EnrolmentResult.Token.class);
  }

  @Test
  void aDiskThatRefusesDoesNotUseUpTheCode() {
    String code = code(EnrolmentKind.TOKEN);
    house.store.failing(true);
    assertThatThrownBy(() -> enrol(code)).isInstanceOf(RegistryStoreException.class);
    house.store.failing(false);
    assertThat(enrol(code)).isInstanceOf(EnrolmentResult.Token.class);
  }

  @Test
  void codesAreListedWithoutTheirCodesAndRevoked() {
    house.host("tv.home.test.");
    var first =
        (EnrolmentOffer.Offered) enrolments.offer(CAM, EnrolmentKind.TSIG, "a", HOUR, "ann");
    var second =
        (EnrolmentOffer.Offered)
            enrolments.offer(
                DnsText.name("tv.home.test."),
                EnrolmentKind.TOKEN,
                "b",
                Duration.ofMinutes(5),
                "bob");
    assertThat(enrolments.pending(null))
        .containsExactly(second.enrolment(), first.enrolment())
        .allSatisfy(enrolment -> assertThat(enrolment.id()).matches("[0-9a-f]{8}"));
    assertThat(enrolments.pending(CAM))
        .singleElement()
        .satisfies(enrolment -> {
          assertThat(enrolment.offeredBy()).isEqualTo("ann");
          assertThat(enrolment.toString())
              .doesNotContain(first.code())
              .doesNotContain(first.code().replace("-", "").toLowerCase(Locale.ROOT));
        });
    String id = first.enrolment().id();
    assertThat(enrolments.revoke(id.toUpperCase(Locale.ROOT))).isEqualTo(first.enrolment());
    assertThat(enrolments.revoke(id)).isNull();
    assertThat(enrol(first.code())).isEqualTo(new EnrolmentResult.Unknown());
    enrolments = open();
    assertThat(enrolments.pending(null)).containsExactly(second.enrolment());
    assertThat(enrol(first.code())).isEqualTo(new EnrolmentResult.Unknown());
    // Neither is one listed that has expired, nor one of a host that is gone.
    house.house.clock.advance(Duration.ofMinutes(5));
    assertThat(enrolments.pending(null)).isEmpty();
    code(EnrolmentKind.TOKEN);
    house.house.hosts.remove(CAM);
    assertThat(enrolments.pending(null)).isEmpty();
  }

  @Test
  void aCodeThatTheDiskKeepsIsNotRevoked() {
    String code = code(EnrolmentKind.TOKEN);
    String id = enrolments.pending(CAM).getFirst().id();
    store.failing = true;
    assertThatThrownBy(() -> enrolments.revoke(id)).isInstanceOf(RegistryStoreException.class);
    store.failing = false;
    assertThat(enrolments.pending(CAM)).hasSize(1);
    assertThat(enrol(code)).isInstanceOf(EnrolmentResult.Token.class);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(
            enrolments.offer(DnsText.name("no.home.test."), EnrolmentKind.TOKEN, "x", HOUR, "ann"))
        .isInstanceOf(EnrolmentOffer.Refused.class);
    assertThat(enrolments.offer(CAM, EnrolmentKind.TOKEN, "a b", HOUR, "ann"))
        .isInstanceOf(EnrolmentOffer.Refused.class);
    assertThat(enrolments.offer(CAM, EnrolmentKind.TOKEN, "x", Duration.ofDays(31), "ann"))
        .isInstanceOf(EnrolmentOffer.Refused.class);
    assertThat(enrolments.offer(CAM, EnrolmentKind.TOKEN, "x", Duration.ZERO, "ann"))
        .isInstanceOf(EnrolmentOffer.Refused.class);
  }
}
