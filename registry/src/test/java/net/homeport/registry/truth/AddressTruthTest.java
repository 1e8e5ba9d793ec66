package net.homeport.registry.truth;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import net.homeport.registry.House;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.truth.TruthPolicy.SourceMatch;
import net.homeport.registry.truth.TruthPolicy.Treatment;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.DirectPlanner;
import net.homeport.registry.update.HostAccess;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.registry.update.UpdateStages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Classes of addresses, and what the policy of a zone does with them. */
final class AddressTruthTest {
  private static final class MemoryStore implements TruthStore {
    private final Map<Name, TruthPolicy> kept = new HashMap<>();

    @Override
    public void eachTruthPolicy(BiConsumer<Name, TruthPolicy> taker) {
      kept.forEach(taker);
    }

    @Override
    public void putTruthPolicy(Name zone, TruthPolicy policy) {
      kept.put(zone, policy);
    }
  }

  private final House house = new House("home.test.", "lan.test.");
  private final MemoryStore store = new MemoryStore();
  private final AddressTruth truth = new AddressTruth(store);
  private final Map<String, String> secrets = new HashMap<>();
  private final HostUpdates updates =
      new HostUpdates(
          house.hosts,
          house.writer,
          house.clock,
          new UpdateStages(
              new HostAuthenticator(house.hosts, house.hasher),
              HostAccess.OWN_CREDENTIAL,
              new DirectPlanner(house.writer::snapshot),
              List.of(truth),
              List.of(truth),
              RejectedAttempts.NONE));

  @AfterEach
  void close() {
    house.close();
  }

  private static AddressWish wish(String address) {
    return address.isEmpty()
        ? AddressWish.KEEP
        : new AddressWish.Publish(InetAddress.ofLiteral(address));
  }

  private UpdateOutcome report(String host, String ipv4, String ipv6, String source) {
    String secret =
        secrets.computeIfAbsent(
            host, each -> Objects.requireNonNull(house.host(each + ".").secret()));
    var request =
        new UpdateRequest(
            new Presented.Token(secret),
            new RequestOrigin(InetAddress.ofLiteral(source), "test"),
            List.of(new HostWish(host, wish(ipv4), wish(ipv6))));
    return switch (updates.update(request)) {
      case UpdateAnswer.PerHost answer -> answer.outcomes().getFirst();
      case UpdateAnswer.Rejected rejected -> new UpdateOutcome.Rejected(rejected.reason());
      case UpdateAnswer.Unauthorized _, UpdateAnswer.Postponed _ -> throw new AssertionError();
    };
  }

  private List<String> remarks(String host) {
    return truth.remarks(
        Objects.requireNonNull(house.hosts.host(name(host + "."))),
        house.rdata(host + ".", Type.A).stream().map(InetAddress::ofLiteral).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8,PUBLIC",
    "10.255.255.255,PRIVATE",
    "11.0.0.0,PUBLIC",
    "100.63.255.255,PUBLIC",
    "100.64.0.0,CGNAT",
    "100.127.255.255,CGNAT",
    "100.128.0.0,PUBLIC",
    "127.1.2.3,LOOPBACK",
    "169.254.169.254,LINK_LOCAL",
    "172.15.255.255,PUBLIC",
    "172.16.0.1,PRIVATE",
    "172.31.255.255,PRIVATE",
    "172.32.0.0,PUBLIC",
    "192.0.0.8,RESERVED",
    "192.0.0.9,PUBLIC",
    "192.0.2.1,DOCUMENTATION",
    "192.88.99.1,RESERVED",
    "192.168.1.1,PRIVATE",
    "198.18.0.1,BENCHMARKING",
    "198.20.0.1,PUBLIC",
    "198.51.100.1,DOCUMENTATION",
    "203.0.113.1,DOCUMENTATION",
    "224.0.0.1,MULTICAST",
    "240.0.0.1,RESERVED",
    "255.255.255.255,RESERVED",
    "0.1.2.3,RESERVED",
    "::1,LOOPBACK",
    "::,RESERVED",
    "::2,RESERVED",
    "64:ff9b::808:808,NAT64",
    "64:ff9b:1::1,NAT64",
    "100::1,RESERVED",
    "2001::1,TEREDO",
    "2001:0:ffff::1,TEREDO",
    "2001:1::1,PUBLIC",
    "2001:2::1,BENCHMARKING",
    "2001:20::1,RESERVED",
    "2001:200::1,PUBLIC",
    "2001:db8::1,DOCUMENTATION",
    "2002:c000:204::1,SIX_TO_FOUR",
    "2606:4700::1,PUBLIC",
    "3fff:fff::1,DOCUMENTATION",
    "3fff:1000::1,PUBLIC",
    "4000::1,RESERVED",
    "5f00::1,RESERVED",
    "fc00::1,UNIQUE_LOCAL",
    "fdff::1,UNIQUE_LOCAL",
    "fe80::1,LINK_LOCAL",
    "fec0::1,SITE_LOCAL",
    "ff02::1,MULTICAST",
  })
  void eachAddressHasItsClass(String address, AddressClass kind) {
    assertThat(AddressClass.of(InetAddress.ofLiteral(address))).isEqualTo(kind);
  }

  @Test
  void aMappedAddressIsOne() throws Exception {
    byte[] octets = new byte[16];
    octets[10] = -1;
    octets[11] = -1;
    octets[12] = 127;
    assertThat(AddressClass.of(Inet6Address.getByAddress("", octets, 0)))
        .isEqualTo(AddressClass.IPV4_MAPPED);
  }

  /** H39, threat 18: private addresses are published and marked, what is nobody's never is. */
  @Test
  void h39PrivateIsMarkedDummiesAreAcknowledgedNonsenseIsRefused() {
    String cam = "cam.home.test";
    assertThat(report(cam, "192.168.1.2", "", "203.0.113.7"))
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(remarks(cam))
        .containsExactly("192.168.1.2 is published, but probably not reachable: private, RFC 1918");
    assertThat(report(cam, "127.0.0.1", "", "203.0.113.7"))
        .isEqualTo(
            new UpdateOutcome.Withheld("127.0.0.1 is loopback: acknowledged, not published"));
    assertThat(report(cam, "", "::1", "203.0.113.7")).isInstanceOf(UpdateOutcome.Withheld.class);
    for (String bad : List.of("0.0.0.0", "224.0.0.1", "192.0.0.1", "240.0.0.1")) {
      assertThat(report(cam, bad, "", "203.0.113.7")).isInstanceOf(UpdateOutcome.Rejected.class);
    }
    for (String bad : List.of("::", "ff02::1", "fec0::1", "100::1")) {
      assertThat(report(cam, "", bad, "203.0.113.7")).isInstanceOf(UpdateOutcome.Rejected.class);
    }
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.168.1.2");
    assertThat(house.rdata("cam.home.test.", Type.AAAA)).isEmpty();
    assertThat(report(cam, "9.9.9.9", "", "203.0.113.7")).isEqualTo(new UpdateOutcome.Updated());
    assertThat(remarks(cam)).isEmpty();
  }

  /** Threat 17: an address of a carrier is shown as such, and may be refused. */
  @Test
  void threat17AnAddressOfCarrierGradeNatIsShown() {
    report("cam.home.test", "100.64.0.1", "", "203.0.113.7");
    report("tv.home.test", "100.64.0.1", "", "203.0.113.7");
    assertThat(remarks("cam.home.test"))
        .containsExactly(
            "100.64.0.1 is published, but probably not reachable: carrier-grade NAT, RFC 6598");
    // Two behind one address do not disturb each other.
    assertThat(house.rdata("tv.home.test.", Type.A)).containsExactly("100.64.0.1");
    report("tv.home.test", "100.64.0.2", "", "203.0.113.7");
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("100.64.0.1");
  }

  /** Threat 18: a zone may refuse private addresses; another one may not care. */
  @Test
  void threat18AZoneMayRefusePrivateAddresses() {
    truth.say(
        name("home.test."), new TruthPolicy(Map.of(AddressClass.PRIVATE, Treatment.REFUSE), null));
    truth.say(Name.root, new TruthPolicy(Map.of(AddressClass.CGNAT, Treatment.REFUSE), null));
    assertThat(report("cam.home.test", "10.0.0.1", "", "203.0.113.7"))
        .isEqualTo(
            new UpdateOutcome.Rejected(
                Reason.UNUSABLE_ADDRESS,
                "10.0.0.1 is private, RFC 1918; the zone home.test refuses such"));
    assertThat(report("cam.lan.test", "10.0.0.1", "", "203.0.113.7"))
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(report("cam.lan.test", "100.64.0.1", "", "203.0.113.7"))
        .isInstanceOf(UpdateOutcome.Rejected.class);
    assertThat(new AddressTruth(store).policy(name("home.test.")))
        .isEqualTo(truth.policy(name("home.test.")));
    truth.say(name("home.test."), TruthPolicy.NONE);
    assertThat(report("cam.home.test", "10.0.0.1", "", "203.0.113.7"))
        .isEqualTo(new UpdateOutcome.Updated());
  }

  @Test
  void theSourceMayHaveToMatch() {
    truth.say(name("home.test."), new TruthPolicy(Map.of(), SourceMatch.MATCH));
    String cam = "cam.home.test";
    assertThat(report(cam, "9.9.9.9", "", "9.9.9.9")).isEqualTo(new UpdateOutcome.Updated());
    assertThat(report(cam, "9.9.9.10", "", "9.9.9.9"))
        .isEqualTo(
            new UpdateOutcome.Rejected(
                Reason.NOT_ALLOWED,
                "9.9.9.10 was reported from 9.9.9.9; the zone home.test takes only the address that a device speaks from"));
    // The other family cannot be compared: beside one that matches it passes, alone it does not.
    assertThat(report(cam, "9.9.9.9", "2606:4700::1", "9.9.9.9"))
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(report(cam, "", "2606:4700::2", "9.9.9.9"))
        .isInstanceOf(UpdateOutcome.Rejected.class);
    // Another address of the same network is the same device (RFC 8981).
    assertThat(report(cam, "", "2606:4700::3", "2606:4700::ffff"))
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(report(cam, "", "2606:4701::3", "2606:4700::ffff"))
        .isInstanceOf(UpdateOutcome.Rejected.class);
  }

  @Test
  void aDifferenceIsShownWhereItIsToBe() {
    report("cam.home.test", "9.9.9.10", "", "9.9.9.9");
    assertThat(remarks("cam.home.test")).isEmpty();
    truth.say(name("home.test."), new TruthPolicy(Map.of(), SourceMatch.WARN));
    report("cam.home.test", "9.9.9.10", "", "9.9.9.9");
    assertThat(remarks("cam.home.test"))
        .containsExactly("9.9.9.10 was reported, but the device spoke from 9.9.9.9");
    report("cam.home.test", "9.9.9.9", "", "9.9.9.9");
    assertThat(remarks("cam.home.test")).isEmpty();
  }
}
