package net.homeport.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** RRsets as answer-ready octets. */
final class RrsetTest {
  private static Rrset of(String... records) {
    return Rrset.of(DnsText.records(records), 60, Management.STATIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A 192.0.2.1",
        "AAAA 2001:db8::1",
        "MX 10 Mail.Example.",
        "TXT \"one\" \"two\" \"\"",
        "TXT \"quote\\\"and\\\\slash\" \"\\000\\255\"",
        "SRV 1 2 5060 sip.example.",
        "CAA 0 issue \"ca.example\"",
        "SSHFP 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789",
        "HTTPS 1 . alpn=h2,h3",
        "TLSA 3 1 1 d2abde240d7cd3ee6b4b28c54df034b9d2abde240d7cd3ee6b4b28c54df034b9",
        "TYPE65280 \\# 4 0A000001",
        "TYPE65280 \\# 0",
        "LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m",
        "NAPTR 100 50 \"s\" \"http+I2L\" \"\" _http._tcp.example.",
      })
  void recordsComeBackAsTheyWere(String rdata) {
    Record record = DnsText.record("owner.example. 60 " + rdata);
    Rrset rrset = Rrset.of(List.of(record), 77, Management.DYNAMIC);
    Record back = rrset.records(DnsText.name("Owner.example.")).getFirst();
    assertThat(back).isEqualTo(record);
    assertThat(back.getTTL()).isEqualTo(77);
    assertThat(rrset.ttl()).isEqualTo(77);
    assertThat(rrset.management()).isEqualTo(Management.DYNAMIC);
  }

  @Test
  void namesInRdataKeepTheirSpelling() {
    Record back = of("x. 60 MX 10 MaiL.Example.").records(Name.root).getFirst();
    assertThat(back.rdataToString()).isEqualTo("10 MaiL.Example.");
  }

  @Test
  void orderAndDuplicatesDoNotMatter() {
    // RFC 2181 5: a set; RFC 4034 6.3: canonical order.
    Rrset one = of("x. 60 A 192.0.2.9", "x. 60 A 192.0.2.1", "x. 60 A 192.0.2.9");
    Rrset other = of("y. 30 A 192.0.2.1", "y. 30 A 192.0.2.9");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.count()).isEqualTo(2);
    assertThat(one.records(Name.root))
        .extracting(Record::rdataToString)
        .containsExactly("192.0.2.1", "192.0.2.9");
  }

  @Test
  void rdataThatDiffersInLetterCaseOfANameOnlyIsOneRecord() {
    assertThat(of("x. 60 MX 10 mail.example.", "x. 60 MX 10 MAIL.example.").count()).isOne();
    assertThat(of("x. 60 TXT a", "x. 60 TXT A").count()).isEqualTo(2);
  }

  @Test
  void managementTtlAndTypeMakeADifference() {
    List<Record> records = DnsText.records("x. 60 A 192.0.2.1");
    Rrset rrset = Rrset.of(records, 60, Management.STATIC);
    assertThat(rrset).isNotEqualTo(Rrset.of(records, 61, Management.STATIC));
    assertThat(rrset).isNotEqualTo(Rrset.of(records, 60, Management.DYNAMIC));
    assertThat(rrset.managedBy(Management.DYNAMIC))
        .isEqualTo(Rrset.of(records, 60, Management.DYNAMIC));
    assertThat(Rrset.ofBody(Type.A, Management.STATIC, 1, rrset.body())).isEqualTo(rrset);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Rrset.TTL_MAX})
  void ttlsUpToTwoToThe31MinusOneAreKept(long ttl) {
    // RFC 2181 8
    Rrset rrset = Rrset.of(DnsText.records("x. 60 A 192.0.2.1"), ttl, Management.STATIC);
    assertThat(rrset.ttl()).isEqualTo(ttl);
    assertThat(rrset.records(Name.root).getFirst().getTTL()).isEqualTo(ttl);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Rrset.TTL_MAX + 1, 0xFFFF_FFFFL})
  void otherTtlsAreRefused(long ttl) {
    List<Record> records = DnsText.records("x. 60 A 192.0.2.1");
    assertThatThrownBy(() -> Rrset.of(records, ttl, Management.STATIC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Long.toString(ttl));
  }

  @ParameterizedTest
  @ValueSource(ints = {Type.A, Type.AAAA})
  void addressesGiveWhatTheirRecordsGive(int type) {
    var random = new Random(type);
    for (int round = 0; round < 200; round++) {
      var addresses = new ArrayList<InetAddress>();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        byte[] octets = new byte[type == Type.A ? 4 : 16];
        random.nextBytes(octets);
        addresses.add(address(octets));
        if (random.nextBoolean()) {
          addresses.add(addresses.getFirst());
        }
      }
      long ttl = random.nextLong(Rrset.TTL_MAX + 1);
      List<Record> records =
          addresses.stream()
              .<Record>map(address ->
                  type == Type.A
                      ? new ARecord(Name.root, DClass.IN, ttl, address)
                      : new AAAARecord(Name.root, DClass.IN, ttl, address))
              .toList();
      Rrset rrset = Rrset.ofAddresses(type, addresses, ttl, Management.DYNAMIC);
      assertThat(rrset).isEqualTo(Rrset.of(records, ttl, Management.DYNAMIC));
      assertThat(rrset.count()).isEqualTo(new HashSet<>(addresses).size());
      assertThat(rrset.addresses())
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(new HashSet<>(addresses));
    }
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void mappedAddressesStayOfTheirFamily() {
    Rrset mapped = of("x. 60 AAAA ::ffff:192.0.2.1");
    assertThat(Rrset.ofAddressData(Type.AAAA, mapped.addressData(), 60, Management.STATIC))
        .isEqualTo(mapped);
  }

  @Test
  void addressesOfAnotherFamilyAreNone() {
    List<InetAddress> ipv6 = List.of(InetAddress.ofLiteral("2001:db8::1"));
    assertThatThrownBy(() -> Rrset.ofAddresses(Type.A, ipv6, 60, Management.DYNAMIC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit A");
    assertThatThrownBy(() -> Rrset.ofAddresses(Type.AAAA, List.of(), 60, Management.DYNAMIC))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Rrset.ofAddresses(Type.AAAA, ipv6, -1, Management.DYNAMIC))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of("x. 60 TXT a").addresses())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingIsNoRrset() {
    assertThatThrownBy(() -> Rrset.of(List.of(), 60, Management.STATIC))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatNoMessageCouldCarryIsRefused() {
    var records = new ArrayList<Record>();
    String octets = "x".repeat(243);
    // 12 octets before the RDATA, one length octet, 243 octets: 256 a record.
    for (int i = 0; i < Rrset.BODY_OCTETS_MAX / 256; i++) {
      records.add(DnsText.record("x. 60 TXT %03d%s".formatted(i, octets.substring(3))));
    }
    assertThat(Rrset.of(records, 60, Management.STATIC).count()).isEqualTo(records.size());
    records.add(DnsText.record("x. 60 TXT yyy" + octets.substring(3)));
    assertThatThrownBy(() -> Rrset.of(records, 60, Management.STATIC))
        .isInstanceOf(RrsetTooLargeException.class)
        .hasMessageContaining("TXT")
        .hasMessageContaining("fewer or shorter records");
  }

  @Test
  void octetsThatAreNoRecordsAreNotServed() {
    Rrset corrupt = Rrset.ofBody(Type.A, Management.STATIC, 2, of("x. 60 A 192.0.2.1").body());
    assertThatThrownBy(() -> corrupt.records(Name.root)).isInstanceOf(IllegalStateException.class);
  }
}
