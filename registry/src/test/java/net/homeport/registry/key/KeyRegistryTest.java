package net.homeport.registry.key;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.policy.RuleText;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.Requestor.Proof;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;

final class KeyRegistryTest {
  private static final Name ROUTER = name("router.dyn.test.");
  private static final SharedSecret GIVEN =
      new SharedSecret(
          "a secret of forty octets, known to others".getBytes(StandardCharsets.UTF_8));

  private final FakeClock clock = new FakeClock();
  private final MemoryKeyStore store = new MemoryKeyStore();
  private final KeyRegistry registry = load(1);

  /** As after a restart of a server with this key. */
  private KeyRegistry load(int serverKey) {
    byte[] key = new byte[32];
    key[0] = (byte) serverKey;
    var random = new SplittableRandom(7);
    return new KeyRegistry(store, new SecretCipher(key, random), clock, random);
  }

  private static NewKey shared(Name name, HmacAlgorithm algorithm, @Nullable SharedSecret secret) {
    return new NewKey(
        name,
        new NewKey.Material.Shared(algorithm, secret, false),
        "",
        List.of(RuleText.parse("subtree dyn.test")));
  }

  private KeySecret add(Name name) {
    var done = (KeyChange.Done) registry.add(shared(name, HmacAlgorithm.HMAC_SHA256, null));
    return Objects.requireNonNull(done.secret());
  }

  private static KeyChange.Done done(KeyChange change) {
    return (KeyChange.Done) change;
  }

  @Test
  void aKeyComesBackAsItWasAfterARestart() {
    KeySecret secret = add(ROUTER);
    assertThat(secret.value().length()).isEqualTo(32);
    KeyRegistry restarted = load(1);
    assertThat(restarted.keys()).isEqualTo(registry.keys()).hasSize(1);
    assertThat(restarted.validSecrets(name("ROUTER.dyn.test"))).containsExactly(secret);
    assertThat(add(name("other.dyn.test")).value()).isNotEqualTo(secret.value());
  }

  @Test
  void theStoreNeverSeesASecret() {
    registry.add(shared(ROUTER, HmacAlgorithm.HMAC_SHA512, GIVEN));
    SealedSecret sealed = store.keys().getFirst().secrets().getFirst();
    String octets = new String(sealed.octets(), StandardCharsets.ISO_8859_1);
    assertThat(octets).doesNotContain("secret").hasSize(1 + 12 + GIVEN.length() + 16);
    assertThat(store.keys().toString()).doesNotContain(GIVEN.base64());
    assertThat(registry.keys().toString()).doesNotContain(GIVEN.base64()).contains("[...]");
  }

  @Test
  void twoKeysWithOneSecretAreSealedDifferently() {
    registry.add(shared(ROUTER, HmacAlgorithm.HMAC_SHA256, GIVEN));
    registry.add(shared(name("other.dyn.test"), HmacAlgorithm.HMAC_SHA256, GIVEN));
    assertThat(store.keys().get(0).secrets().getFirst().octets())
        .isNotEqualTo(store.keys().get(1).secrets().getFirst().octets());
  }

  @Test
  void anotherServersKeyIsToldAtTheStart() {
    add(ROUTER);
    assertThatThrownBy(() -> load(2))
        .isInstanceOf(RegistryStoreException.class)
        .hasMessageContaining("router.dyn.test")
        .hasMessageContaining("server.key")
        .hasMessageContaining("backup");
  }

  @Test
  void aSecretMovedToAnotherKeyOrAlgorithmInTheStoreIsNotTaken() {
    add(ROUTER);
    StoredKey key = store.keys().getFirst();
    store.put(renamed(key, name("admin.dyn.test"), key.algorithm()));
    store.remove(ROUTER);
    assertThatThrownBy(() -> load(1)).hasMessageContaining("cannot be decrypted");
    store.remove(name("admin.dyn.test"));
    store.put(renamed(key, ROUTER, "hmac-md5"));
    assertThatThrownBy(() -> load(1)).hasMessageContaining("cannot be decrypted");
    store.put(key);
    assertThat(load(1).keys()).hasSize(1);
  }

  private static StoredKey renamed(StoredKey key, Name name, String algorithm) {
    return new StoredKey(
        name,
        algorithm,
        key.secrets(),
        null,
        key.comment(),
        key.createdAt(),
        key.disabled(),
        key.rules());
  }

  @Test
  void anyChangedOctetIsNoticed() {
    var cipher = new SecretCipher(new byte[32], new SplittableRandom(1));
    byte[] sealed = cipher.seal(ROUTER, HmacAlgorithm.HMAC_SHA1, GIVEN.octets());
    assertThat(cipher.open(name("Router.DYN.test"), HmacAlgorithm.HMAC_SHA1, sealed))
        .isEqualTo(GIVEN.octets());
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(cipher.open(ROUTER, HmacAlgorithm.HMAC_SHA1, changed)).isNull();
    }
    assertThat(cipher.open(ROUTER, HmacAlgorithm.HMAC_SHA1, new byte[0])).isNull();
  }

  @Test
  void whileASecretIsReplacedBothAreValidTheNewestFirst() {
    KeySecret old = add(ROUTER);
    clock.advance(Duration.ofDays(1));
    KeySecret fresh =
        Objects.requireNonNull(done(registry.rotate(ROUTER, Duration.ofDays(7), null)).secret());
    assertThat(registry.validSecrets(ROUTER))
        .extracting(KeySecret::value)
        .containsExactly(fresh.value(), old.value());
    clock.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(registry.validSecrets(ROUTER)).hasSize(2);
    clock.advance(Duration.ofMillis(1));
    assertThat(registry.validSecrets(ROUTER)).containsExactly(fresh);
    assertThat(load(1).validSecrets(ROUTER)).containsExactly(fresh);
    registry.rotate(ROUTER, Duration.ZERO, null);
    assertThat(registry.validSecrets(ROUTER)).hasSize(1).doesNotContain(fresh);
    assertThat(store.keys().getFirst().secrets()).as("what has ended is forgotten").hasSize(1);
  }

  @Test
  void rotationHasBounds() {
    add(ROUTER);
    for (int i = 0; i < 3; i++) {
      assertThat(registry.rotate(ROUTER, Duration.ofDays(1), null))
          .isInstanceOf(KeyChange.Done.class);
    }
    assertThat(registry.rotate(ROUTER, Duration.ofDays(1), null))
        .isInstanceOfSatisfying(
            KeyChange.Refused.class, refused -> assertThat(refused.why()).contains("--overlap 0s"));
    assertThat(registry.rotate(ROUTER, Duration.ofDays(366), null))
        .isInstanceOf(KeyChange.Refused.class);
    assertThat(registry.rotate(name("none.test"), Duration.ZERO, null))
        .isInstanceOf(KeyChange.NoSuchKey.class);
  }

  @Test
  void aDisabledKeyVerifiesNothingUntilItIsEnabled() {
    add(ROUTER);
    registry.disable(ROUTER, true);
    assertThat(registry.validSecrets(ROUTER)).isEmpty();
    assertThat(load(1).validSecrets(ROUTER)).isEmpty();
    registry.disable(ROUTER, false);
    assertThat(registry.validSecrets(ROUTER)).hasSize(1);
    registry.remove(ROUTER);
    assertThat(registry.validSecrets(ROUTER)).isEmpty();
    assertThat(load(1).keys()).isEmpty();
  }

  @Test
  void rulesKeepTheirNumbers() {
    add(ROUTER);
    registry.addRule(ROUTER, RuleText.parse("owner a.dyn.test"));
    registry.addRule(ROUTER, RuleText.parse("owner b.dyn.test"));
    assertThat(done(registry.removeRule(ROUTER, 2)).key().rules()).containsOnlyKeys(1, 3);
    assertThat(registry.removeRule(ROUTER, 2)).isInstanceOf(KeyChange.NoSuchRule.class);
    assertThat(load(1).keys()).isEqualTo(registry.keys());
  }

  /** The name may be another's next: no key of the one before may speak for it. */
  @Test
  void whatKeysCouldDoAsAHostEndsWithIt() {
    Name cam = name("cam.dyn.test");
    Host host = new Host(cam, name("dyn.test"), 1, 60, clock.instant());
    Map<String, List<String>> rules =
        Map.of(
            "enrolled.dyn.test", List.of("owner CAM.dyn.test type A,AAAA"),
            "other.dyn.test", List.of("owner cam2.dyn.test"),
            "zone.dyn.test", List.of("subtree dyn.test"),
            "both.dyn.test", List.of("owner cam.dyn.test", "owner tv.dyn.test"),
            "two.dyn.test", List.of("owner cam.dyn.test owner tv.dyn.test"),
            "admin.dyn.test", List.of("owner cam.dyn.test type TXT static"),
            "bare.dyn.test", List.of());
    rules.forEach((key, texts) ->
        registry.add(
            new NewKey(
                name(key),
                new NewKey.Material.Shared(HmacAlgorithm.HMAC_SHA256, null, false),
                "",
                texts.stream().map(RuleText::parse).toList())));
    registry.hostLeaving(host);
    for (KeyRegistry each : List.of(registry, load(1))) {
      assertThat(each.keys())
          .extracting(key -> key.name().getLabelString(0) + key.rules().keySet())
          .containsExactlyInAnyOrder(
              "other[1]", "zone[1]", "both[2]", "two[1]", "admin[1]", "bare[]");
    }
    assertThat(registry.of(new Requestor.Proof.SharedKey(name("enrolled.dyn.test")))).isNull();
  }

  @Test
  void whatCouldNotBeStoredDidNotHappen() {
    KeySecret secret = add(ROUTER);
    store.failing(true);
    assertThatThrownBy(() -> registry.rotate(ROUTER, Duration.ZERO, null))
        .isInstanceOf(RegistryStoreException.class);
    assertThatThrownBy(() -> registry.remove(ROUTER)).isInstanceOf(RegistryStoreException.class);
    assertThatThrownBy(() -> add(name("other.test"))).isInstanceOf(RegistryStoreException.class);
    assertThat(registry.validSecrets(ROUTER)).containsExactly(secret);
    assertThat(registry.keys()).hasSize(1);
  }

  @Test
  void weakKeysAreRefused() {
    assertThat(registry.add(shared(ROUTER, HmacAlgorithm.HMAC_MD5, GIVEN)))
        .isInstanceOfSatisfying(
            KeyChange.Refused.class, refused -> assertThat(refused.why()).contains("--allow-md5"));
    assertThat(
            registry.add(shared(ROUTER, HmacAlgorithm.HMAC_SHA256, new SharedSecret(new byte[15]))))
        .isInstanceOf(KeyChange.Refused.class);
    for (String none : List.of(".", "*.dyn.test.")) {
      assertThat(registry.add(shared(name(none), HmacAlgorithm.HMAC_SHA256, null)))
          .isInstanceOf(KeyChange.Refused.class);
    }
    assertThat(registry.keys()).isEmpty();
    add(ROUTER);
    assertThat(registry.add(shared(name("ROUTER.dyn.test"), HmacAlgorithm.HMAC_SHA1, null)))
        .isInstanceOf(KeyChange.AlreadyThere.class);
  }

  @Test
  void aKeyOfOneKindDoesNotProveTheOther() {
    add(ROUTER);
    var half = (KEYRecord) record("cam.dyn.test. 0 KEY 512 3 15 " + "A".repeat(43) + "=");
    registry.add(new NewKey(half.getName(), new NewKey.Material.PublicHalf(half), "", List.of()));
    assertThat(load(1).publicHalf(half.getName())).isEqualTo(half);
    assertThat(registry.validSecrets(half.getName())).isEmpty();
    assertThat(registry.of(new Proof.SharedKey(ROUTER))).isNotNull();
    assertThat(registry.of(new Proof.PublicKey(ROUTER))).isNull();
    assertThat(registry.of(new Proof.SharedKey(half.getName()))).isNull();
    assertThat(registry.of(new Proof.PublicKey(half.getName()))).isNotNull();
    assertThat(registry.of(new Proof.None())).isNull();
  }

  @Test
  void bindsKeyFilesAreRead() {
    List<BindKeyFile.Statement> found =
        BindKeyFile.parse(
            """
            // made by tsig-keygen
            key "one.test" {
                    algorithm hmac-sha512; # the best
                    secret "%s";
            };
            options { directory "/"; listen-on { any; }; };
            zone "x" { type primary; allow-update { key two.test.; }; };
            /* the
               other */ key two.test. { secret %s; algorithm HMAC-MD5.SIG-ALG.REG.INT.; };
            """
                .formatted(GIVEN.base64(), GIVEN.base64()));
    assertThat(found)
        .containsExactly(
            new BindKeyFile.Statement(name("one.test"), HmacAlgorithm.HMAC_SHA512, GIVEN),
            new BindKeyFile.Statement(name("two.test"), HmacAlgorithm.HMAC_MD5, GIVEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "zone \"x\" { };",
        "key \"a\" { algorithm hmac-sha256; };",
        "key \"a\" {\nalgorithm hmac-sha3;\nsecret \"TOPSECRETTOPSECRETTOPSECRET\";\n};",
        "key \"a\" { algorithm hmac-sha256; secret \"TOPSECRET!\"; };",
        "key \"a\" { algorithm hmac-sha256; secret \"TOPSECRETTOPSECRET",
        "key \"a..b\" { algorithm hmac-sha256; secret \"TOPSECRETTOPSECRET\"; };",
        "key \"a\" { algorithm hmac-sha256 secret \"TOPSECRETTOPSECRET\"; };",
        "key",
        "key { { {",
      })
  void whatIsNoKeyFileIsExplainedWithoutTheSecret(String text) {
    assertThatThrownBy(() -> BindKeyFile.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .containsAnyOf("line ", "there is no key in it")
        .doesNotContain("TOPSECRET");
  }
}
