package net.homeport.registry.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans as text, and the addresses that come of them. */
final class HostPlanTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "reported",
        "192.0.2.1",
        "2001:db8::1",
        "wan4",
        "lan+::10",
        "net4+0.0.0.5",
        "lan+mac:00:11:22:33:44:55",
        "lan/3+mac:00:11:22:33:44:55",
        "lan/3+::10",
        "lan/0+::10"
      })
  void writtenAsRead(String text) {
    assertThat(HostPlanText.parse(text)).hasToString(text);
    assertThat(HostPlanText.parse(HostPlanText.parse(text).toString()))
        .isEqualTo(HostPlanText.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'lan/0x1f+::10', 'lan/31+::10'",
    "'lan+mac:00-11-22-AA-BB-CC', 'lan+mac:00:11:22:aa:bb:cc'",
    "' wan4 ', 'wan4'",
  })
  void readInOtherSpellings(String text, String written) {
    assertThat(HostPlanText.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @CsvSource({
    "'', neither an address nor the name",
    "'Lan', neither an address nor the name",
    "'192.0.2.256', neither an address nor the name",
    "'lan/3', no address within the subnet",
    "'lan+', is no suffix",
    "'lan+mac:00:11', not a MAC address",
    "'lan+mac:00:11:22:33:44-55', not a MAC address",
    "'lan/x+::1', no subnet number",
    "'lan/-1+::1', no subnet number",
    "'lan/9999999999999999999+::1', no subnet number",
    "'+::1', neither an address nor the name",
  })
  void whatIsWrongIsSaid(String text, String words) {
    assertThatThrownBy(() -> HostPlanText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  /** The example of RFC 4291 appendix A is the first one. */
  @ParameterizedTest
  @CsvSource({
    "'34:56:78:9a:bc:de', '::3656:78ff:fe9a:bcde'",
    "'02:11:22:33:44:55', '::11:22ff:fe33:4455'",
    "'ff:ff:ff:ff:ff:ff', '::fdff:ffff:feff:ffff'",
  })
  void macAddressesMakeInterfaceIdentifiers(String mac, String identifier) {
    assertThat(MacAddress.parse(mac).interfaceIdentifier())
        .isEqualTo(AddressBlock.parse(identifier).low());
    assertThat(MacAddress.parse(mac)).hasToString(mac);
  }

  @ParameterizedTest
  @CsvSource({
    "'wan4', '198.51.100.7/32', '198.51.100.7'",
    "'net4+0.0.0.5', '198.51.100.8/29', '198.51.100.13'",
    "'wan6', '2001:db8::7/128', '2001:db8::7'",
    "'lan+::10', '2001:db8:1:2::/64', '2001:db8:1:2::10'",
    "'lan+::3:0:0:0:10', '2001:db8:1:200::/56', '2001:db8:1:203::10'",
    "'lan+mac:34:56:78:9a:bc:de', '2001:db8:1:2::/64', '2001:db8:1:2:3656:78ff:fe9a:bcde'",
    "'lan/3+mac:34:56:78:9a:bc:de', '2001:db8:1:200::/56', '2001:db8:1:203:3656:78ff:fe9a:bcde'",
    "'lan/3+::10', '2001:db8:1:200::/56', '2001:db8:1:203::10'",
    "'lan/255+::10', '2001:db8:1:200::/56', '2001:db8:1:2ff::10'",
    "'lan/0+::10', '2001:db8:1:2::/64', '2001:db8:1:2::10'",
  })
  void addressesComeOfSources(String plan, String value, String address) {
    AddressBlock block = AddressBlock.parse(value);
    assertThat(Derivation.of(HostPlanText.parse(plan), block, block.isIpv4()))
        .isEqualTo(new Derivation.Derived(AddressBlock.parse(address).network()));
  }

  @ParameterizedTest
  @CsvSource({
    "'lan/256+::10', '2001:db8:1:200::/56', 'subnet number 256 does not fit: lan is 2001:db8:1:200::/56, with 8 bits for it (0 to 255)'",
    "'lan/1+::10', '2001:db8:1:2::/64', 'a single subnet'",
    "'lan/1+::10', '2001:db8:1:2::/72', 'no room for a subnet of /64'",
    "'lan+mac:34:56:78:9a:bc:de', '2001:db8:1:2::/72', 'no room for a subnet of /64'",
    "'lan+::1:0:0:0:10', '2001:db8:1:2::/64', 'the suffix ::1:0:0:0:10 overlaps the prefix of lan, 2001:db8:1:2::/64'",
    "'lan/1+::1:0:0:0:10', '2001:db8:1:200::/56', 'overlaps the first 64 bits'",
    "'lan', '2001:db8:1:200::/56', 'is the network 2001:db8:1:200::/56, not an address'",
    "'wan6+::10', '2001:db8::7/128', 'overlaps the prefix'",
    "'lan+0.0.0.5', '2001:db8:1:2::/64', 'the suffix 0.0.0.5 is not of IPv6'",
    "'net4+::5', '192.0.2.0/24', 'the suffix ::5 is not of IPv4'",
    "'net4+0.0.1.5', '192.0.2.0/24', 'the suffix 0.0.1.5 overlaps the prefix of net4, 192.0.2.0/24'",
  })
  void misfitsSayWhy(String plan, String value, String words) {
    AddressBlock block = AddressBlock.parse(value);
    assertThat(Derivation.of(HostPlanText.parse(plan), block, block.isIpv4()))
        .isInstanceOfSatisfying(
            Derivation.Misfit.class, misfit -> assertThat(misfit.why()).contains(words));
  }

  @Test
  void theOtherFamilyIsAMisfit() {
    assertThat(Derivation.of(HostPlanText.parse("wan4"), AddressBlock.parse("192.0.2.1"), false))
        .isEqualTo(new Derivation.Misfit("wan4 is 192.0.2.1/32, which is not of IPv6"));
  }

  /** Property: whatever fits lies in the prefix and keeps its suffix and subnet. */
  @Test
  void derivedAddressesLieInThePrefixAndKeepTheSuffix() {
    var random = new SplittableRandom(4291);
    int derived = 0;
    for (int i = 0; i < 20_000; i++) {
      int length = random.nextInt(16, 129);
      AddressBlock prefix =
          AddressBlock.of(
              AddressText.ofOctets(
                  octets(0x2000_0000_0000_0000L | random.nextLong() >>> 3, random.nextLong())),
              length);
      long high = random.nextBoolean() ? 0 : random.nextLong() >>> random.nextInt(1, 64);
      long low = random.nextLong() >>> random.nextInt(64);
      var suffix = AddressText.ofOctets(octets(high, low));
      long subnet = random.nextLong() >>> random.nextInt(17, 64);
      HostPlan plan =
          switch (random.nextInt(3)) {
            case 0 -> new HostPlan.PrefixSuffix("lan", suffix);
            case 1 -> new HostPlan.PrefixSubnet("lan", subnet, suffix);
            default -> new HostPlan.PrefixMac("lan", subnet, new MacAddress(low >>> 16));
          };
      assertThat(HostPlanText.parse(plan.toString())).isEqualTo(plan);
      if (Derivation.of(plan, prefix, false) instanceof Derivation.Derived(var address)) {
        derived++;
        assertThat(prefix.contains(address)).as("%s of %s", plan, prefix).isTrue();
        AddressBlock bits = AddressBlock.of(address);
        switch (plan) {
          case HostPlan.PrefixSuffix _ -> {
            assertThat(bits.low() & low).isEqualTo(low);
            assertThat(bits.high() & high).isEqualTo(high);
          }
          case HostPlan.PrefixSubnet _ -> {
            assertThat(bits.low()).isEqualTo(low);
            assertThat(bits.high() & subnet).isEqualTo(subnet);
          }
          default -> {
            assertThat(bits.low()).isEqualTo(new MacAddress(low >>> 16).interfaceIdentifier());
            assertThat(bits.high() & subnet).isEqualTo(subnet);
          }
        }
      }
    }
    assertThat(derived).isGreaterThan(2_000);
  }

  private static byte[] octets(long high, long low) {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }
}
