package net.homeport.agent.address;

import static net.homeport.agent.address.CandidateAddress.Flag.DEPRECATED;
import static net.homeport.agent.address.CandidateAddress.Flag.DUPLICATE;
import static net.homeport.agent.address.CandidateAddress.Flag.SECONDARY;
import static net.homeport.agent.address.CandidateAddress.Flag.TEMPORARY;
import static net.homeport.agent.address.CandidateAddress.Flag.TENTATIVE;
import static net.homeport.agent.fake.Addresses.address;
import static net.homeport.agent.fake.Addresses.current;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressSelectionTest {
  private static final Set<AddressFamily> BOTH = Set.of(AddressFamily.values());
  private static final AddressSelection PUBLIC =
      new AddressSelection(Optional.empty(), BOTH, false);
  private static final AddressSelection ANY = new AddressSelection(Optional.empty(), BOTH, true);

  @Test
  void choosesOneOfEachFamily() {
    assertThat(
            PUBLIC.select(
                List.of(
                    on("lo", "127.0.0.1"),
                    on("lo", "::1"),
                    on("eth0", "fe80::1"),
                    on("eth0", "2a00::7"),
                    on("eth0", "1.2.3.4"))))
        .isEqualTo(current("1.2.3.4", "2a00::7"));
  }

  @Test
  void findsNothingBehindNat() {
    List<CandidateAddress> candidates =
        List.of(on("lo", "127.0.0.1"), on("eth0", "192.168.1.5"), on("eth0", "fd00::5"));
    assertThat(PUBLIC.select(candidates).isEmpty()).isTrue();
    assertThat(ANY.select(candidates)).isEqualTo(current("192.168.1.5", "fd00::5"));
    assertThat(PUBLIC.explain(candidates))
        .isEqualTo(
            "no address to publish on any interface: 192.168.1.5 on eth0 is PRIVATE (ask the"
                + " server with checkip, or allow private addresses); fd00::5 on eth0 is"
                + " UNIQUE_LOCAL (ask the server with checkip, or allow private addresses)");
  }

  @Test
  void prefersPublicAlsoWherePrivateIsAllowed() {
    assertThat(
            ANY.select(
                List.of(outward(newer(on("eth0", "192.168.1.5"), 9)), on("eth1", "1.2.3.4"))))
        .isEqualTo(current("1.2.3.4"));
  }

  @Test
  void neverTakesLoopbackOrLinkLocal() {
    assertThat(
            ANY.select(
                    List.of(
                        on("lo", "127.0.0.1"), on("eth0", "169.254.3.4"), on("eth0", "fe80::1")))
                .isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = CandidateAddress.Flag.class,
      names = {"TENTATIVE", "DUPLICATE", "DEPRECATED"})
  void neverTakesWhatIsNotReadyOrOver(CandidateAddress.Flag flag) {
    assertThat(PUBLIC.select(List.of(flagged(on("eth0", "2a00::7"), flag))).isEmpty()).isTrue();
    assertThat(
            PUBLIC.select(
                List.of(flagged(on("eth0", "2a00::7"), flag), newer(on("eth0", "2a00::8"), -1))))
        .isEqualTo(current("2a00::8"));
  }

  @Test
  void prefersStableOverTemporary() {
    assertThat(
            PUBLIC.select(
                List.of(
                    newer(flagged(on("eth0", "2a00::7"), TEMPORARY), 9), on("eth0", "2a00::8"))))
        .isEqualTo(current("2a00::8"));
  }

  @Test
  void takesTemporaryIfThereIsNoOther() {
    CandidateAddress temporary = flagged(on("eth0", "2a00::7"), TEMPORARY);
    assertThat(PUBLIC.select(List.of(temporary))).isEqualTo(current("2a00::7"));
    assertThat(
            PUBLIC.select(List.of(temporary, flagged(on("eth0", "2a00::8"), TENTATIVE, DUPLICATE))))
        .isEqualTo(current("2a00::7"));
    assertThat(PUBLIC.select(List.of(temporary, flagged(on("eth0", "2a00::8"), DEPRECATED))))
        .isEqualTo(current("2a00::7"));
  }

  @Test
  void waitsForTheStableOneThatIsComing() {
    assertThat(
            PUBLIC
                .select(
                    List.of(
                        flagged(on("eth0", "2a00::7"), TEMPORARY),
                        flagged(on("eth0", "2a00::8"), TENTATIVE),
                        flagged(on("eth0", "fe80::1"), TENTATIVE)))
                .isEmpty())
        .isTrue();
  }

  @Test
  void prefersTheWayToTheInternet() {
    assertThat(
            PUBLIC.select(List.of(newer(on("eth1", "1.2.3.4"), 9), outward(on("eth0", "1.2.3.5")))))
        .isEqualTo(current("1.2.3.5"));
  }

  @Test
  void prefersPrimaryThenNewerThenALowerNumber() {
    assertThat(
            PUBLIC.select(
                List.of(newer(flagged(on("e", "1.2.3.4"), SECONDARY), 9), on("e", "1.2.3.5"))))
        .isEqualTo(current("1.2.3.5"));
    assertThat(PUBLIC.select(List.of(on("e", "1.2.3.4"), newer(on("e", "1.2.3.5"), 1))))
        .isEqualTo(current("1.2.3.5"));
    assertThat(PUBLIC.select(List.of(on("e", "200.2.3.4"), on("e", "1.2.3.5"))))
        .isEqualTo(current("1.2.3.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker0", "veth12ab", "br-0123456789ab", "wg0", "tun0", "virbr0"})
  void ignoresVirtualInterfacesUnlessNamed(String name) {
    List<CandidateAddress> candidates = List.of(on(name, "172.17.0.1"));
    assertThat(ANY.select(candidates).isEmpty()).isTrue();
    assertThat(ANY.explain(candidates)).contains("virtual");
    assertThat(new AddressSelection(Optional.of(name), BOTH, true).select(candidates))
        .isEqualTo(current("172.17.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "ppp0", "br-lan", "br0", "enp3s0", "wlan0", "wlp2s0", "bond0"})
  void looksAtRealOnes(String name) {
    assertThat(PUBLIC.select(List.of(on(name, "1.2.3.4")))).isEqualTo(current("1.2.3.4"));
  }

  @Test
  void looksOnlyAtTheNamedInterfaceAndFamilies() {
    List<CandidateAddress> candidates =
        List.of(on("eth0", "1.2.3.4"), on("eth1", "1.2.3.5"), on("eth1", "2a00::7"));
    assertThat(new AddressSelection(Optional.of("eth1"), BOTH, false).select(candidates))
        .isEqualTo(current("1.2.3.5", "2a00::7"));
    assertThat(
            new AddressSelection(Optional.of("eth1"), Set.of(AddressFamily.IPV6), false)
                .select(candidates))
        .isEqualTo(current("2a00::7"));
    var absent = new AddressSelection(Optional.of("eth9"), BOTH, false);
    assertThat(absent.select(candidates).isEmpty()).isTrue();
    assertThat(absent.explain(candidates)).isEqualTo("no address on interface eth9");
    assertThatThrownBy(() -> new AddressSelection(Optional.empty(), Set.of(), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void choosesTheSameInWhateverOrderTheyCome() {
    var candidates = new ArrayList<CandidateAddress>();
    for (int i = 1; i < 9; i++) {
      candidates.add(newer(on("eth" + i % 3, "1.2.3." + i), i % 4));
      candidates.add(flagged(on("eth" + i % 3, "2a00::" + i), i % 2 == 0 ? TEMPORARY : DUPLICATE));
    }
    CurrentAddresses chosen = PUBLIC.select(candidates);
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(candidates, new Random(seed));
      assertThat(PUBLIC.select(candidates)).isEqualTo(chosen);
    }
  }

  private static CandidateAddress on(String interfaceName, String text) {
    return new CandidateAddress(interfaceName, address(text), Set.of(), false, 5);
  }

  private static CandidateAddress flagged(CandidateAddress one, CandidateAddress.Flag... flags) {
    return new CandidateAddress(
        one.interfaceName(),
        one.address(),
        Set.of(flags),
        one.towardsInternet(),
        one.createdTicks());
  }

  private static CandidateAddress newer(CandidateAddress one, int ticks) {
    return new CandidateAddress(
        one.interfaceName(), one.address(), one.flags(), one.towardsInternet(), 5 + ticks);
  }

  private static CandidateAddress outward(CandidateAddress one) {
    return new CandidateAddress(
        one.interfaceName(), one.address(), one.flags(), true, one.createdTicks());
  }
}
