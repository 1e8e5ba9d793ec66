package net.homeport.registry.peer;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.homeport.registry.policy.SourceNetwork;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.Requestor.Carrier;
import net.homeport.zone.update.Requestor.Proof;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Name;

/** Who is taken for a secondary. */
final class SecondaryTest {
  private static final Name KEY = name("xfr.test.");
  private static final Proof SIGNED = new Proof.SharedKey(KEY);
  private static final Proof UNSIGNED = new Proof.None();

  private static Secondary secondary(@Nullable Name key, boolean tlsOnly, String... networks) {
    return new Secondary(
        "ns2",
        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.2"), 53),
        key,
        Set.of(name("dyn.test.")),
        tlsOnly,
        true,
        List.of(networks).stream().map(SourceNetwork::parse).toList(),
        Instant.EPOCH);
  }

  private static Requestor from(String address, Proof proof, Carrier carrier) {
    return new Requestor(proof, InetAddress.ofLiteral(address), carrier);
  }

  @ParameterizedTest
  @EnumSource
  void tlsOnlyHoldsForAllCarriers(Carrier carrier) {
    assertThat(secondary(KEY, true).admits(from("192.0.2.2", SIGNED, carrier)))
        .isEqualTo(carrier == Carrier.TLS);
    assertThat(secondary(null, true).admits(from("192.0.2.2", UNSIGNED, carrier)))
        .isEqualTo(carrier == Carrier.TLS);
    assertThat(secondary(KEY, false).admits(from("192.0.2.2", SIGNED, carrier))).isTrue();
  }

  @Test
  void aKeyIsNotReplacedByAnAddressNorByAnotherKey() {
    Secondary keyed = secondary(KEY, false);
    assertThat(keyed.admits(from("192.0.2.2", UNSIGNED, Carrier.TCP))).isFalse();
    assertThat(
            keyed.admits(from("192.0.2.2", new Proof.SharedKey(name("other.test.")), Carrier.TCP)))
        .isFalse();
    assertThat(keyed.admits(from("192.0.2.2", new Proof.PublicKey(KEY), Carrier.TCP))).isFalse();
    assertThat(keyed.admits(from("198.51.100.9", SIGNED, Carrier.TCP))).isTrue();
  }

  @Test
  void aNetworkHoldsBesideTheKey() {
    Secondary both = secondary(KEY, false, "198.51.100.0/24");
    assertThat(both.admits(from("198.51.100.9", SIGNED, Carrier.TCP))).isTrue();
    assertThat(both.admits(from("198.51.100.9", UNSIGNED, Carrier.TCP))).isFalse();
    assertThat(both.admits(from("192.0.2.2", SIGNED, Carrier.TCP))).isFalse();
  }

  @Test
  void withoutAKeyItsAddressAloneWillDo() {
    Secondary plain = secondary(null, false);
    assertThat(plain.admits(from("192.0.2.2", UNSIGNED, Carrier.TCP))).isTrue();
    assertThat(plain.admits(from("192.0.2.3", UNSIGNED, Carrier.TCP))).isFalse();
    assertThat(plain.has(name("dyn.test."))).isTrue();
    assertThat(plain.has(name("other.test."))).isFalse();
  }
}
