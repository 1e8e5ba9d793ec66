package net.homeport.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not exist. */
final class NegativeAnswersTest extends OnTheWire {
  @Nested
  final class Rfc2308 {
    @Test
    @DisplayName("RFC 2308 3, 5: NXDOMAIN has one SOA, TTL min(SOA TTL, MINIMUM), and nothing else")
    void nameError() {
      askAllWays("nope.conf.test A")
          .negative("NXDOMAIN", SOA)
          .authority(
              "conf.test. 300 IN SOA ns1.conf.test. hostmaster.conf.test. 2025010101 7200 3600 1209600 300");
      askAllWays("nope.child.conf.test A").negative("NXDOMAIN", "child.conf.test. 60");
    }

    @Test
    @DisplayName("RFC 2308 2.2: NODATA is NOERROR with the SOA")
    void noData() {
      askAllWays("www.conf.test MX").negative("NOERROR", SOA);
      askAllWays("conf.test AAAA").negative("NOERROR", SOA);
      ask("_443._tcp.conf.test A").negative("NOERROR", SOA);
    }

    @Test
    @DisplayName("RFC 2308 3: an asked SOA keeps its own TTL")
    void positiveSoa() {
      assertThat(ask("conf.test SOA").reply().answer().getFirst())
          .startsWith("conf.test. 3600 IN SOA");
    }

    @Test
    @DisplayName("RFC 1034 4.3.2: SOA, NS below the apex are negative as any other type")
    void soaBelowTheApex() {
      ask("www.conf.test SOA").negative("NOERROR", SOA);
      ask("www.conf.test NS").negative("NOERROR", SOA);
      ask("nope.conf.test SOA").negative("NXDOMAIN", SOA);
    }
  }

  @Nested
  final class Rfc8020 {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "ent.conf.test",
          "b.ent.conf.test",
          "ent2.conf.test",
          "deep.ent2.conf.test",
          "_tcp.conf.test",
          "svcport.conf.test",
          "between.wild.conf.test",
          "wild.conf.test"
        })
    @DisplayName("RFC 8020 2, RFC 4592 2.2.2: an empty non-terminal exists")
    void emptyNonTerminal(String name) {
      for (String type : new String[] {"A", "TXT", "NS", "SOA", "DS", "CNAME", "ANY", "TYPE666"}) {
        ask(name + " " + type).negative("NOERROR", SOA);
      }
      askAllWays(name + " A").negative("NOERROR", SOA);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "z.ent.conf.test",
          "a.a.ent.conf.test",
          "below.www.conf.test",
          "very.far.below.www.conf.test",
          "below.alias.conf.test",
          "x.a.b.ent.conf.test",
          "www.www.child.conf.test",
          "_tcp._443.conf.test",
          "x.a\\.b.conf.test"
        })
    @DisplayName("RFC 8020 2: nothing is below a name that does not exist, or is a leaf")
    void belowNothing(String name) {
      for (String type : new String[] {"A", "NS", "DS", "CNAME", "ANY", "TYPE666"}) {
        ask(name + " " + type).is("NXDOMAIN", "qr aa").answers(0);
      }
      askAllWays(name + " A").is("NXDOMAIN", "qr aa");
    }
  }

  @Nested
  final class Rfc8482 {
    @Test
    @DisplayName("RFC 8482 4: NXDOMAIN for ANY too")
    void any() {
      ask("nope.conf.test ANY").negative("NXDOMAIN", SOA);
    }
  }
}
