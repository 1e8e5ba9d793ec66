package net.homeport.registry.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of machines, and what is kept of them. */
final class SecretHasherTest {
  private final SecretHasher hasher = hasher(1);

  private static SecretHasher hasher(int keyOctet) {
    byte[] key = new byte[SecretHasher.KEY_OCTETS];
    key[31] = (byte) keyOctet;
    return new SecretHasher(key, new SplittableRandom(keyOctet));
  }

  @Test
  void aSecretHas130BitsInCharactersThatAreHardToConfuse() {
    Set<Integer> seen = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String secret = hasher.newSecret();
      assertThat(secret).matches("[a-hj-km-np-z02-9]{26}");
      secret.chars().forEach(seen::add);
      secrets.add(secret);
    }
    assertThat(seen).as("characters in use").hasSize(32);
    assertThat(secrets).hasSize(500);
  }

  @Test
  void theHashIsThatOfTheSecretUnderTheKey() {
    String secret = hasher.newSecret();
    assertThat(hasher.hash(secret)).isEqualTo(hasher.hash(secret));
    assertThat(hasher(1).hash(secret)).isEqualTo(hasher.hash(secret));
    assertThat(hasher(2).hash(secret)).isNotEqualTo(hasher.hash(secret));
    assertThat(hasher.hash(secret + "x")).isNotEqualTo(hasher.hash(secret));
    assertThat(hasher.hash("")).isNotEqualTo(hasher.hash(secret));
  }

  @Test
  void theHashStaysWhatItIs() {
    // Kept in stores: it must not change between versions. HMAC-SHA256 (RFC 2104), key 31 zeros and
    // 1.
    assertThat(HexFormat.of().formatHex(hasher.hash("secret").octets())).isEqualTo(HMAC_OF_SECRET);
  }

  private static final String HMAC_OF_SECRET =
      "d2f04b2dbfe03928e3220dcc2f28dfd4cf3d0f405f3de5f20ce20e32b41d0df6";

  @Test
  void aSecretCannotBeCheckedWithoutTheKey() throws Exception {
    byte[] plain =
        MessageDigest.getInstance("SHA-256").digest("secret".getBytes(StandardCharsets.UTF_8));
    assertThat(hasher.hash("secret").octets()).isNotEqualTo(plain);
  }

  @Test
  void manyThreadsGetTheRightHashes() {
    Set<SecretHash> hashes = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 20_000).parallel().forEach(_ -> hashes.add(hasher.hash("same")));
    assertThat(hashes).containsExactly(hasher.hash("same"));
    Set<SecretHash> others = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 5_000).parallel().forEach(i -> others.add(hasher.hash("s" + i)));
    assertThat(others).hasSize(5_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33})
  void aKeyOfAnotherLengthIsRefused(int octets) {
    assertThatThrownBy(() -> new SecretHasher(new byte[octets], new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 octets");
    assertThatThrownBy(() -> new SecretHash(new byte[octets]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHashTellsNothingAndCannotBeChangedFromOutside() {
    SecretHash hash = hasher.hash("secret");
    byte[] octets = hash.octets();
    assertThat(hash.toString()).doesNotContain(HexFormat.of().formatHex(octets).substring(0, 4));
    var copy = new SecretHash(octets);
    octets[0]++;
    assertThat(copy).isEqualTo(hash).hasSameHashCodeAs(hash);
    hash.octets()[0]++;
    assertThat(copy).isEqualTo(hash);
    assertThat(hash).isNotEqualTo(new SecretHash(octets));
  }
}
