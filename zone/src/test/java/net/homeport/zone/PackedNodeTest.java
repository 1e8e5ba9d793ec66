package net.homeport.zone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.RandomDns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** How an owner name and its RRsets are packed into one array. */
final class PackedNodeTest {
  private static final Rrset A = rrset("x. 60 A 192.0.2.1");
  private static final Rrset TXT = rrset("x. 60 TXT hello");

  private static Rrset rrset(String... records) {
    return Rrset.of(DnsText.records(records), 60, Management.DYNAMIC);
  }

  private static byte[] node(String spelled) {
    byte[] spelling = octets(spelled);
    return PackedNode.empty(octets(spelled.toLowerCase(java.util.Locale.ROOT)), spelling);
  }

  private static byte[] octets(String label) {
    return label.isEmpty() ? new byte[0] : ((char) label.length() + label).getBytes(ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({"''", "www", "WwW", "*", "X"})
  void keepsTheNameInLowerCaseAndItsSpelling(String spelled) {
    byte[] node = PackedNode.withChildren(PackedNode.with(node(spelled), A), 3);
    byte[] lower = octets(spelled.toLowerCase(java.util.Locale.ROOT));
    assertThat(PackedNode.keyLength(node)).isEqualTo(lower.length);
    assertThat(PackedNode.hasKey(node, lower, 0, lower.length)).isTrue();
    assertThat(PackedNode.spelling(node)).isEqualTo(octets(spelled));
    assertThat(PackedNode.rrsets(node)).containsExactly(A);
  }

  @Test
  void aNodeOfAnotherNameIsNotTakenForIt() {
    byte[] node = node("www");
    assertThat(PackedNode.hasKey(node, octets("wwx"), 0, 4)).isFalse();
    assertThat(PackedNode.hasKey(node, octets("www"), 0, 3)).isFalse();
    assertThat(PackedNode.sameKey(node, node("WWW"))).isTrue();
    assertThat(PackedNode.sameKey(node, node("ww"))).isFalse();
  }

  @Test
  void onlyTheLabelStarAloneIsAWildcard() {
    // RFC 4592 2.1.1
    assertThat(PackedNode.isWildcard(node("*"))).isTrue();
    assertThat(PackedNode.isWildcard(node("**"))).isFalse();
    assertThat(PackedNode.isWildcard(node("x"))).isFalse();
    assertThat(PackedNode.isWildcard(node(""))).isFalse();
  }

  @Test
  void aNewRrsetReplacesTheOneOfItsTypeAndLeavesTheArrayItCameFromAlone() {
    byte[] first = PackedNode.with(PackedNode.with(node("www"), A), TXT);
    byte[] before = first.clone();
    Rrset other = rrset("x. 60 A 192.0.2.7", "x. 60 A 192.0.2.8");
    byte[] second = PackedNode.with(first, other);
    assertThat(first).isEqualTo(before);
    assertThat(PackedNode.rrset(second, Type.A)).isEqualTo(other);
    assertThat(PackedNode.rrset(second, Type.TXT)).isEqualTo(TXT);
    assertThat(PackedNode.rrsets(second)).hasSize(2);
  }

  @Test
  void takingAwayATypeThatIsNotThereChangesNothing() {
    byte[] node = PackedNode.with(node("www"), A);
    assertThat(PackedNode.without(node, Type.MX)).isEqualTo(node);
    assertThat(PackedNode.hasRrsets(node)).isTrue();
    assertThat(PackedNode.hasRrsets(PackedNode.without(node, Type.A))).isFalse();
    assertThat(PackedNode.find(node, Type.MX)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "65535", "65536", "2147483647"})
  void countsChildrenBesideASpellingAndRrsets(int children) {
    byte[] plain = PackedNode.with(node("WwW"), A);
    byte[] counted = PackedNode.withChildren(plain, children);
    assertThat(PackedNode.children(counted)).isEqualTo(children);
    assertThat(PackedNode.spelling(counted)).isEqualTo(octets("WwW"));
    assertThat(PackedNode.rrset(counted, Type.A)).isEqualTo(A);
    assertThat(PackedNode.withChildren(counted, 0)).isEqualTo(plain);
  }

  @Test
  void theFieldsThatAnswersAreMadeOfAreThoseOfTheRrset() {
    Rrset three = rrset("x. 60 MX 10 a.", "x. 60 MX 20 b.", "x. 60 MX 30 c.");
    byte[] node = PackedNode.with(PackedNode.with(node("www"), A), three);
    int at = PackedNode.find(node, Type.MX);
    assertThat(PackedNode.type(node, at)).isEqualTo(Type.MX);
    assertThat(PackedNode.count(node, at)).isEqualTo(3);
    int from = PackedNode.bodyAt(at);
    assertThat(java.util.Arrays.copyOfRange(node, from, from + PackedNode.bodyLength(node, at)))
        .isEqualTo(three.body());
  }

  @Test
  void theLargestRrsetFits() {
    Rrset largest = Rrset.ofBody(65_535, Management.STATIC, 1, new byte[Rrset.BODY_OCTETS_MAX]);
    byte[] node = PackedNode.with(PackedNode.with(node("www"), largest), A);
    assertThat(PackedNode.rrset(node, 65_535)).isEqualTo(largest);
    assertThat(PackedNode.rrset(node, Type.A)).isEqualTo(A);
  }

  @Test
  void randomEditsKeepWhatAMapKeeps() {
    for (long seed = 1; seed <= 100; seed++) {
      var dns = new RandomDns(seed);
      Map<Integer, Rrset> model = new HashMap<>();
      byte[] node = node(dns.oneIn(2) ? "Www" : "www");
      int children = 0;
      var random = new SplittableRandom(seed);
      for (int i = 0; i < 60; i++) {
        Rrset rrset = Zones.rrsetOf(List.of(dns.data(Name.root)));
        switch (random.nextInt(3)) {
          case 0 -> {
            node = PackedNode.with(node, rrset);
            model.put(rrset.type(), rrset);
          }
          case 1 -> {
            node = PackedNode.without(node, rrset.type());
            model.remove(rrset.type());
          }
          default -> {
            children = random.nextInt(3) * 70_000;
            node = PackedNode.withChildren(node, children);
          }
        }
        assertThat(PackedNode.rrsets(node))
            .as("seed %d, edit %d", seed, i)
            .containsExactlyInAnyOrderElementsOf(model.values());
        assertThat(PackedNode.children(node)).as("seed %d", seed).isEqualTo(children);
      }
    }
  }
}
