package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.homeport.testkit.DnsQuery;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.ZoneSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The fast lane is a cache of the full lane: it says nothing else, over random zones and queries.
 */
final class LanesAgreeTest {
  private static final List<Name> APEXES =
      List.of(
          DnsText.name("example."),
          DnsText.name("A.example."),
          DnsText.name("b.a.example."),
          DnsText.name("x".repeat(60) + ".example."));
  private static final List<Integer> TYPES =
      List.of(
          Type.A,
          Type.A,
          Type.A,
          Type.AAAA,
          Type.AAAA,
          Type.TXT,
          Type.MX,
          Type.CNAME,
          Type.NS,
          Type.SOA,
          Type.DS,
          Type.DNAME,
          Type.ANY);
  private static final int QUERIES = 250;

  private static final Map<String, Integer> FAST = new TreeMap<>();
  private static int asked;

  private final Slot slot = new Slot();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 120);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theFastLaneSaysWhatTheFullLaneSays(long seed) {
    var dns = new RandomDns(seed);
    ZoneSnapshot snapshot = ZoneSnapshot.empty(seed);
    for (Name apex : APEXES) {
      if (apex.labels() == 2 || dns.oneIn(2)) {
        snapshot = ConfZone.with(snapshot, apex.toString(), text(dns.zone(apex)));
      }
      snapshot = dns.oneIn(4) ? snapshot.awaiting(apex) : snapshot;
    }
    ZoneSnapshot zones = snapshot;
    var fast = FastLane.ofDatagrams(ZoneSnapshot.empty(seed), Askers.SETTINGS);
    fast.use(zones, Askers.NOW.getEpochSecond());
    var full = new FullLane(() -> zones, Askers.SETTINGS);
    for (int i = 0; i < QUERIES; i++) {
      DnsQuery query = query(dns, zones);
      byte[] octets = query.octets();
      int capacity = dns.oneIn(4) ? octets.length + dns.random().nextInt(300) : 1500;
      byte[] answered = slot.answer(fast, octets, capacity);
      asked++;
      if (answered != null) {
        String asked = "seed %d, query %d: %s".formatted(seed, i, Arrays.toString(octets));
        assertSame(answered, Said.of(full.answer(octets, Askers.UDP)), query, asked);
      }
    }
  }

  private static String text(List<Record> records) {
    var text = new StringBuilder();
    records.forEach(record -> text.append(record).append('\n'));
    return text.toString();
  }

  private static DnsQuery query(RandomDns dns, ZoneSnapshot zones) {
    Name apex = dns.oneOf(zones.zones()).apex();
    Name name =
        switch (dns.random().nextInt(8)) {
          case 0 -> dns.nameBelow(Name.root);
          case 1 -> apex;
          default -> dns.nameBelow(apex);
        };
    int type = dns.oneIn(10) ? dns.random().nextInt(0x10000) : dns.oneOf(TYPES);
    type = dns.oneIn(30) ? dns.random().nextInt(260) : type;
    DnsQuery query = DnsQuery.of(dns.spelledAnew(name), type);
    if (dns.oneIn(3)) {
      query = query.flags(dns.oneIn(2) ? DnsQuery.RD : dns.random().nextInt(0x10000));
    }
    if (dns.oneIn(30)) {
      query = query.inClass(dns.oneIn(2) ? DClass.ANY : dns.random().nextInt(5));
    }
    query = withEdns(query, dns);
    if (dns.oneIn(40)) {
      query = query.trailing((byte) 0);
    }
    if (dns.oneIn(40)) {
      query =
          query.counts(
              dns.random().nextInt(3), dns.random().nextInt(2), 0, dns.random().nextInt(3));
    }
    return query;
  }

  private static DnsQuery withEdns(DnsQuery query, RandomDns dns) {
    int payload = dns.oneIn(3) ? dns.random().nextInt(0x10000) : 1232;
    return switch (dns.random().nextInt(20)) {
      case 0 -> query.opt(payload, 0, 0, DnsQuery.DO);
      case 1 -> query.opt(payload, 0, 1, 0);
      case 2 -> query.opt(payload, 1, 0, 0);
      case 3 -> query.opt(payload, 0, 0, 0, (byte) 0, (byte) 100, (byte) 0, (byte) 0);
      case 4 -> query.edns(payload).edns(payload);
      case 5, 6, 7 -> query.opt(payload, 0, 0, dns.random().nextInt(0x10000), cookie(dns));
      case 8 -> {
        byte[] option = cookie(dns);
        option[dns.random().nextInt(option.length)] = (byte) dns.random().nextInt(50);
        yield query.opt(payload, 0, 0, 0, option);
      }
      case 9, 10, 11, 12 -> query;
      default -> query.edns(payload);
    };
  }

  private static byte[] cookie(RandomDns dns) {
    int octets = dns.oneOf(List.of(8, 8, 24, 24, 24, 16, 40, dns.random().nextInt(60)));
    byte[] option = new byte[4 + octets];
    dns.random().nextBytes(option);
    option[0] = 0;
    option[1] = EDNSOption.Code.COOKIE;
    option[2] = 0;
    option[3] = (byte) octets;
    return option;
  }

  private static void assertSame(byte[] fast, Said full, DnsQuery query, String asked) {
    Said said = Said.of(fast);
    byte[] question = query.question();
    assertThat(Arrays.copyOfRange(fast, 12, 12 + question.length)).as(asked).isEqualTo(question);
    assertThat(Arrays.copyOf(fast, 12)).as(asked).isEqualTo(Arrays.copyOf(full.octets(), 12));
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
      assertThat(records(said.message(), section))
          .as(asked)
          .containsExactlyInAnyOrderElementsOf(records(full.message(), section));
    }
    assertThat(said.opt() == null).as(asked).isEqualTo(full.opt() == null);
    if (said.opt() != null) {
      assertSame(said.opt(), Objects.requireNonNull(full.opt()), asked);
    }
    boolean positive = !said.answer().isEmpty();
    FAST.merge(positive ? "positive" : Rcode.string(said.message().getRcode()), 1, Integer::sum);
  }

  private static void assertSame(OPTRecord fast, OPTRecord full, String asked) {
    assertThat(fast.getPayloadSize()).as(asked).isEqualTo(full.getPayloadSize());
    assertThat(fast.getTTL()).as(asked).isEqualTo(full.getTTL());
    assertThat(fast.getOptions()).as(asked).isEqualTo(full.getOptions());
  }

  /** Owners without case: both point into the question where they can. */
  private static List<String> records(Message message, int section) {
    return message.getSection(section).stream()
        .map(record ->
            "%s %d %d %d %s"
                .formatted(
                    record.getName().toString().toLowerCase(java.util.Locale.ROOT),
                    record.getType(),
                    record.getDClass(),
                    record.getTTL(),
                    record.rdataToString().toLowerCase(java.util.Locale.ROOT)))
        .toList();
  }

  @AfterAll
  static void theFastLaneTookMostOfWhatIsUsual() {
    assertThat(FAST).containsOnlyKeys("positive", "NOERROR", "NXDOMAIN");
    assertThat(FAST.values()).allMatch(times -> times > asked / 100);
    assertThat(FAST.values().stream().mapToInt(times -> times).sum()).isGreaterThan(asked / 10);
  }
}
