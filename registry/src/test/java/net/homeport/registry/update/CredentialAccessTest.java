package net.homeport.registry.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.host.CredentialHouse;
import net.homeport.registry.host.Host;
import net.homeport.testkit.DnsText;
import net.homeport.zone.address.AddressBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/** What a credential may say of addresses, and of the networks of a site. */
final class CredentialAccessTest {
  private static final String ROUTER = "gw.home.test.";
  private static final String CAMERA = "cam.home.test.";

  private final CredentialHouse house = new CredentialHouse("home.test.");
  private final CredentialAccess access = new CredentialAccess(house.grants);
  private final Host router = host(ROUTER);
  private final Host camera = host(CAMERA);

  private Host host(String name) {
    house.host(name);
    return Objects.requireNonNull(house.house.hosts.host(DnsText.name(name)));
  }

  @AfterEach
  void close() {
    house.house.close();
  }

  private Credential credential(Set<Integer> types) {
    CredentialScope names = CredentialHouse.names(ROUTER, CAMERA);
    CredentialScope own =
        CredentialHouse.scope(types, Set.of(), List.of(), null, null, false).with(names.names());
    house.credential("scoped", own);
    return Objects.requireNonNull(house.house.hosts.credential("scoped"));
  }

  private static Set<Integer> types(String types) {
    return types.equals("none")
        ? Set.of()
        : Set.copyOf(Arrays.stream(types.split(" ", -1)).map(Type::value).toList());
  }

  /** Whoever says where a network is decides where the hosts in it are. */
  @ParameterizedTest
  @CsvSource({
    "none, 2001:db8:bad::/56, false",
    "A, 2001:db8:bad::/56, false",
    "TXT, 2001:db8:bad::/56, false",
    "AAAA, 2001:db8:bad::/56, true",
    "A AAAA, 2001:db8:bad::/56, true",
    "AAAA, 192.0.2.0/28, false",
    "A, 192.0.2.0/28, true"
  })
  void aNetworkOfASiteNeedsTheTypeOfItsAddresses(String types, String network, boolean passes) {
    var wish =
        new HostWish(
            ROUTER,
            AddressWish.KEEP,
            AddressWish.KEEP,
            Map.of("lan", AddressBlock.parse(network)),
            "");
    Verdict verdict = access.check(change(credential(types(types)), router, wish, List.of()));
    assertThat(verdict instanceof Verdict.Pass).isEqualTo(passes);
  }

  @Test
  void anAddressThatTheRouterReportsForItsSiteNeedsItsType() {
    var wish =
        new HostWish(
            ROUTER,
            new AddressWish.Publish(List.of(InetAddress.ofLiteral("192.0.2.1"))),
            AddressWish.KEEP);
    // The router's own address may be planned: then nothing of its own follows.
    assertThat(access.check(change(credential(Set.of(Type.AAAA)), router, wish, List.of())))
        .isInstanceOf(Verdict.Reject.class);
  }

  @Test
  void aHostThatFollowsMayKeepWhatTheCredentialMayNotChange() {
    var wish = new HostWish(ROUTER, AddressWish.KEEP, AddressWish.KEEP);
    var ipv4 = new PlannedRrset(camera, Type.A, List.of(InetAddress.ofLiteral("192.0.2.1")));
    var ipv6 = new PlannedRrset(camera, Type.AAAA, List.of(InetAddress.ofLiteral("2001:db8::1")));
    Credential credential = credential(Set.of(Type.A));
    var change = change(credential, camera, wish, List.of(ipv4, ipv6));
    assertThat(access.check(differing(change, ipv4))).isInstanceOf(Verdict.Pass.class);
    assertThat(access.check(differing(change, ipv6))).isInstanceOf(Verdict.Reject.class);
  }

  private ProposedChange change(
      Credential credential, Host host, HostWish wish, List<PlannedRrset> planned) {
    return new ProposedChange(
        credential, CredentialHouse.from("192.0.2.9"), host, router, wish, planned, planned);
  }

  private static ProposedChange differing(ProposedChange change, PlannedRrset only) {
    return new ProposedChange(
        change.credential(),
        change.origin(),
        change.host(),
        change.asked(),
        change.wish(),
        change.planned(),
        List.of(only));
  }
}
