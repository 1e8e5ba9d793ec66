package net.homeport.zone.text;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The many ways in which a zone file may say the same. */
final class ZoneTextFormsTest {
  private static final Name APEX = name("example.");
  private static final String HEAD = "$TTL 300\n@ SOA ns host 7 1 1 1 60\n@ NS ns\n";

  private static Zone parse(String text) throws ZoneTextException {
    return ZoneText.parse(Zones.nothing(), APEX, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www 60 IN A 192.0.2.1",
        "www IN 60 A 192.0.2.1",
        "www in 1M a 192.0.2.1",
        "www 60 A 192.0.2.1",
        "WWW.Example. 60 A 192.0.2.1 ; why",
        "www 60 ( A\r\n\t192.0.2.1 )\r",
        "( www 60 A 192.0.2.1 )",
        "w\\119w 60 A 192.0.2.1",
        "\\www 60 A 192.0.2.1",
        "$ORIGIN www\n@ 60 A 192.0.2.1",
        "$TTL 60\nwww A 192.0.2.1",
        "$ttl 1m ; default\nwww CLASS1 TYPE1 \\# 4 C000 0201",
        "www 60 A \\# 4 ( c0 00\n02 01 )",
        "$ORIGIN .\nwww.example 60 A 192.0.2.1",
      })
  void theSameRecord(String lines) throws ZoneTextException {
    assertThat(Zones.content(parse(HEAD + lines)))
        .contains("www.example. 60 IN A 192.0.2.1 ; STATIC");
  }

  @Test
  void whatIsOmittedComesFromBefore() throws ZoneTextException {
    Zone zone =
        parse(
            "@ 50 SOA ns host 7 1 1 1 60\n NS ns\na 20 A 192.0.2.1\n\n ; nothing\n AAAA ::1\nb A 192.0.2.2");
    assertThat(Zones.content(zone))
        .contains(
            "example. 50 IN NS ns.example. ; STATIC",
            "a.example. 20 IN AAAA 0:0:0:0:0:0:0:1 ; STATIC",
            "b.example. 20 IN A 192.0.2.2 ; STATIC");
  }

  @Test
  void withoutAnyTtlTheSoaMinimumCounts() throws ZoneTextException {
    assertThat(Zones.content(parse("@ SOA ns host 7 1 1 1 60\n NS ns\n")))
        .contains("example. 60 IN NS ns.example. ; STATIC");
  }

  @ParameterizedTest
  @CsvSource({
    "CSYNC 66 3 A NS AAAA, 62, 000000420003000460000008",
    "EUI48 00-00-5e-00-53-2a, 108, 00005e00532a",
    "AMTRELAY 10 0 1 203.0.113.15, 260, 0a01cb00710f",
    "AMTRELAY 10 1 2 2001:db8::15, 260, 0a8220010db8000000000000000000000015",
    "AMTRELAY 128 1 3 r.u., 260, 80830172017500",
    "AMTRELAY 0 0 0 ., 260, 0000",
    "LOC 51 N 0 W 0m, 29, 001216138af183808000000000989680",
    "EUI64 00-00-5E-EF-10-00-00-2a, 109, 00005eef1000002a",
    "NID 10 14:4fff:ff20:ee64, 104, 000a00144fffff20ee64",
    "L32 10 10.1.2.0, 105, 000a0a010200",
    "L64 10 2001:db8:1140:1000, 106, 000a20010db811401000",
    "LP 10 l64-subnet1, 107, 000a0b6c36342d7375626e657431076578616d706c6500",
    "SVCB 1 . alpn=\"h2\", 64, 0001000001000302" + "6832",
    "TYPE65280 \\# 0, 65280, ''",
    "TYPE1234 \\# 2 ab cd, 1234, abcd",
  })
  void typesBeyondTheCommonOnes(String words, int type, String hex) throws ZoneTextException {
    Zone zone = parse(HEAD + "x " + words + "\n");
    Rrset rrset = Objects.requireNonNull(zone.rrset(name("x.example."), type));
    byte[] rdata = Rrset.rdata(rrset.records(APEX).getFirst());
    assertThat(java.util.HexFormat.of().formatHex(rdata)).isEqualTo(hex);
  }

  /** What the library reads is what we read, for the types that we read ourselves. */
  @Test
  void ourOwnTypesAreReadAsTheLibraryReadsThem() throws ZoneTextException, IOException {
    var random = new SplittableRandom(5);
    var text = new StringBuilder(HEAD);
    for (int i = 0; i < 400; i++) {
      text.append("n%d %s\n".formatted(i, own(random)));
    }
    Zone zone = parse(text.toString());
    text.toString()
        .lines()
        .skip(3)
        .forEach(line -> {
          String[] words = line.split(" ", 3);
          Name owner = name(words[0] + ".example.");
          int type = Type.value(words[1]);
          var expected = DnsText.record(owner + " 300 " + words[1] + " " + words[2]);
          assertThat(Objects.requireNonNull(zone.rrset(owner, type)).records(owner))
              .as(line)
              .containsExactly(expected);
        });
  }

  private static String own(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> "A " + random.nextInt(256) + ".0.2." + random.nextInt(256);
      case 1 -> "AAAA " + ipv6(random);
      case 2 -> "MX " + random.nextInt(65_536) + " a\\046b\\@.Mail\\.x.example.";
      case 3 -> "TXT \"a\\\"b\\\\ ;(\" plain\\ word \"\" \\100\\;";
      case 4 -> "SRV 1 2 3 _x.*.\\000y.example.";
      default -> "NS .";
    };
  }

  private static String ipv6(SplittableRandom random) {
    String hex = Integer.toHexString(random.nextInt(65_536)).toUpperCase(Locale.ROOT);
    return switch (random.nextInt(7)) {
      case 0 -> "::";
      case 1 -> "::" + hex;
      case 2 -> hex + "::";
      case 3 -> "2001:db8::" + hex + ":1";
      case 4 -> "1:2:3:4:5:6:7:" + hex;
      case 5 -> "::ffff:192.0.2." + random.nextInt(256);
      default -> "1:2:3:4:5:6:192.0.2." + random.nextInt(256);
    };
  }

  private static ZoneTextSource files(Map<String, String> files, String name) {
    return new ZoneTextSource(
        name,
        Objects.requireNonNull(files.get(name)).getBytes(java.nio.charset.StandardCharsets.UTF_8),
        path -> {
          if (!files.containsKey(path)) {
            throw new IOException("no such file");
          }
          return files(files, path);
        });
  }

  private static Zone included(Map<String, String> files) throws ZoneTextException {
    return ZoneText.parse(Zones.nothing(), APEX, files(files, "main"), _ -> {});
  }

  @Test
  void anIncludedFileHasItsOwnOriginAndOwner() throws ZoneTextException {
    Zone zone =
        included(
            Map.of(
                "main",
                HEAD + "a A 192.0.2.1\n$INCLUDE sub sub\n A 192.0.2.2\nb A 192.0.2.3\n",
                "sub",
                "x A 192.0.2.4\n$ORIGIN deep\ny A 192.0.2.5"));
    assertThat(Zones.content(zone))
        .contains(
            "a.example. 300 IN A 192.0.2.2 ; STATIC",
            "b.example. 300 IN A 192.0.2.3 ; STATIC",
            "x.sub.example. 300 IN A 192.0.2.4 ; STATIC",
            "y.deep.sub.example. 300 IN A 192.0.2.5 ; STATIC");
  }

  @Test
  void errorsOfIncludedFilesNameThem() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    ZoneTextException.class,
                    () ->
                        included(
                            Map.of(
                                "main", HEAD + "$INCLUDE sub\n$INCLUDE none\n", "sub", "\na A x")))
                .problems())
        .extracting(ZoneTextProblem::toString)
        .containsExactly(
            "sub:2:5: 'x' is not an IPv4 address, four numbers from 0 to 255 such as 192.0.2.1",
            "main:5:10: $INCLUDE of 'none' is refused: no such file");
  }

  @Test
  void filesThatIncludeEachOtherAreBounded() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    ZoneTextException.class,
                    () -> included(Map.of("main", HEAD + "$INCLUDE main\n")))
                .problems())
        .extracting(ZoneTextProblem::message)
        .anyMatch(message -> message.contains("more than 8 deep"));
  }

  @Test
  void anOwnerThatComesAgainIsMerged() throws ZoneTextException {
    Zone zone =
        parse(
            HEAD
                + "a A 192.0.2.2\nb A 192.0.2.1\nA 60 A 192.0.2.1\nb A 192.0.2.1\na MX 1 M\na MX 1 m\n");
    assertThat(Zones.content(zone))
        .contains(
            "a.example. 60 IN A 192.0.2.1 ; STATIC",
            "a.example. 60 IN A 192.0.2.2 ; STATIC",
            "a.example. 300 IN MX 1 M.example. ; STATIC")
        .hasSize(6);
  }
}
