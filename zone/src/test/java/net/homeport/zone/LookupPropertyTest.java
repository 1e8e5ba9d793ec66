package net.homeport.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.ReferenceLookup.PlainZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Random zones, random questions: the snapshot says what the reference says. */
final class LookupPropertyTest {
  private static final List<Name> APEXES =
      List.of(
          DnsText.name("example."),
          DnsText.name("A.example."),
          DnsText.name("b.a.example."),
          DnsText.name("*.c.example."));
  private static final List<Integer> TYPES =
      List.of(
          Type.A,
          Type.A,
          Type.AAAA,
          Type.TXT,
          Type.MX,
          Type.CNAME,
          Type.NS,
          Type.DS,
          Type.DNAME,
          Type.SOA,
          Type.ANY,
          666);
  private static final Map<String, Integer> KINDS = new HashMap<>();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 250);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSnapshotSaysWhatTheReferenceSays(long seed) {
    var dns = new RandomDns(seed);
    ZoneSnapshot snapshot = Zones.nothing();
    List<PlainZone> plain = new ArrayList<>();
    for (Name apex : APEXES) {
      if (apex.labels() == 2 || dns.oneIn(2)) {
        List<Record> records = dns.zone(apex);
        snapshot = snapshot.with(Zones.of(apex, records));
        plain.add(new PlainZone(apex, records));
      }
    }
    var reference = new ReferenceLookup(plain);
    for (int i = 0; i < 120; i++) {
      Name name = question(dns, plain);
      int type = dns.oneOf(TYPES);
      Truth expected = reference.lookup(name, type);
      Truth found = Truth.of(snapshot.lookup(dns.spelledAnew(name), type));
      KINDS.merge(found.kind(), 1, Integer::sum);
      if (type == Type.ANY && expected.kind().equals("Answer")) {
        // RFC 8482 4.1: one RRset of those that exist.
        assertThat(found.kind()).isEqualTo("Answer");
        assertThat(oneRrsetOf(name, snapshot)).as("seed %d: %s ANY", seed, name).contains(found);
      } else {
        assertThat(found).as("seed %d: %s %s", seed, name, Type.string(type)).isEqualTo(expected);
      }
    }
  }

  private static List<Truth> oneRrsetOf(Name name, ZoneSnapshot snapshot) {
    return TYPES.stream()
        .filter(type -> type != Type.ANY)
        .map(type -> Truth.of(snapshot.lookup(name, type)))
        .filter(truth -> truth.kind().equals("Answer"))
        .toList();
  }

  private static Name question(RandomDns dns, List<PlainZone> zones) {
    if (dns.oneIn(3)) {
      Name owner = dns.oneOf(dns.oneOf(zones).records()).getName();
      return dns.oneIn(3) ? dns.nameBelow(owner) : owner;
    }
    return dns.oneIn(20) ? dns.nameBelow(Name.root) : dns.nameIn(dns.oneOf(zones).apex());
  }

  @AfterAll
  static void everyKindOfTruthWasMet() {
    assertThat(KINDS)
        .containsOnlyKeys("Answer", "Alias", "Referral", "NoData", "NameError", "NotAuthoritative")
        .allSatisfy((kind, times) -> assertThat(times).as(kind).isGreaterThan(100));
  }
}
