package net.homeport.interop.conformance;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are made when asked for. */
final class WildcardsTest extends OnTheWire {
  private static final String EXAMPLE_SOA = "example. 300";

  /** The zone and the sentences of section 2.2.1. */
  @Nested
  final class Rfc4592Section221 {
    @Test
    @DisplayName("RFC 4592 2.2.1: host3.example MX and TXT, foo.bar.example TXT are synthesised")
    void synthesised() {
      askAllWays("host3.example MX")
          .is("NOERROR", "qr aa")
          .answer("host3.example. 3600 IN MX 10 host1.example.");
      askAllWays("foo.bar.example TXT")
          .is("NOERROR", "qr aa")
          .answer("foo.bar.example. 3600 IN TXT \"this is a wildcard\"");
    }

    @Test
    @DisplayName("RFC 4592 2.2.1: host3.example A: no error, no data")
    void noData() {
      askAllWays("host3.example A").negative("NOERROR", EXAMPLE_SOA);
    }

    @Test
    @DisplayName("RFC 4592 2.2.1: host1.example MX: because it exists")
    void existing() {
      askAllWays("host1.example MX").negative("NOERROR", EXAMPLE_SOA);
    }

    @Test
    @DisplayName("RFC 4592 2.2.1: sub.*.example MX: because it exists")
    void belowTheAsterisk() {
      askAllWays("sub.*.example MX").negative("NOERROR", EXAMPLE_SOA);
      ask("sub.*.example TXT").answer("sub.*.example. 3600 IN TXT \"this is not a wildcard\"");
    }

    @Test
    @DisplayName("RFC 4592 2.2.1: _telnet._tcp.host1.example SRV: _tcp.host1 exists, without data")
    void belowAnEmptyNonTerminal() {
      askAllWays("_telnet._tcp.host1.example SRV").negative("NXDOMAIN", EXAMPLE_SOA);
    }

    @Test
    @DisplayName("RFC 4592 2.2.1: host.subdel.example A: because subdel is a cut")
    void belowACut() {
      ask("host.subdel.example A")
          .referral(
              "subdel.example. 3600 IN NS ns.example.com.",
              "subdel.example. 3600 IN NS ns.example.net.");
    }

    @Test
    @DisplayName("RFC 4592 2.2.1: ghost.*.example MX: because *.example exists")
    void ghost() {
      askAllWays("ghost.*.example MX").negative("NXDOMAIN", EXAMPLE_SOA);
    }

    @Test
    @DisplayName("RFC 4592 2.2.2: host2.example is an empty non-terminal, and not synthesised")
    void emptyNonTerminal() {
      ask("host2.example MX").negative("NOERROR", EXAMPLE_SOA);
      ask("_tcp.host2.example TXT").negative("NOERROR", EXAMPLE_SOA);
    }

    @Test
    @DisplayName("RFC 4592 2.3: an asterisk that is asked for is a name as any other")
    void literal() {
      askAllWays("*.example TXT").answer("*.example. 3600 IN TXT \"this is a wildcard\"");
      ask("*.example A").negative("NOERROR", EXAMPLE_SOA);
      ask("*.host1.example A").negative("NXDOMAIN", EXAMPLE_SOA);
    }
  }

  @Nested
  final class Rfc4592Section21 {
    @Test
    @DisplayName("RFC 4592 2.1.1: the owner of what is synthesised is the name asked for")
    void owner() {
      askAllWays("foo.wild.conf.test A")
          .is("NOERROR", "qr aa")
          .answer("foo.wild.conf.test. 3600 IN A 192.0.2.60");
      askAllWays("foo.bar.baz.wild.conf.test A")
          .answer("foo.bar.baz.wild.conf.test. 3600 IN A 192.0.2.60");
      ask("*.foo.wild.conf.test A").answer("*.foo.wild.conf.test. 3600 IN A 192.0.2.60");
      ask("FoO.wild.conf.test A").answer("FoO.wild.conf.test. 3600 IN A 192.0.2.60");
    }

    @Test
    @DisplayName("RFC 4592 2.1.1: only the whole leftmost label is an asterisk")
    void wholeLabel() {
      ask("*x.conf.test A").negative("NXDOMAIN", SOA);
      ask("wild.conf.test A").negative("NOERROR", SOA);
    }
  }

  @Nested
  final class Rfc4592Section22 {
    @ParameterizedTest
    @ValueSource(strings = {"MX", "AAAA", "TYPE666", "NS", "SOA", "CNAME"})
    @DisplayName("RFC 4592 2.2.1: a wildcard without the type is NODATA")
    void noData(String type) {
      ask("foo.wild.conf.test " + type).negative("NOERROR", SOA);
    }

    @Test
    @DisplayName(
        "RFC 4592 2.2.1: a name that exists keeps the wildcard away, from itself and below")
    void existing() {
      askAllWays("exact.wild.conf.test A").negative("NOERROR", SOA);
      askAllWays("foo.exact.wild.conf.test A").negative("NXDOMAIN", SOA);
      ask("between.wild.conf.test A").negative("NOERROR", SOA);
      ask("foo.between.wild.conf.test A").negative("NXDOMAIN", SOA);
    }

    @Test
    @DisplayName("RFC 4592 3.3.1: only the wildcard at the closest encloser counts")
    void closestEncloser() {
      ask("x.wildcov.conf.test A").answer("x.wildcov.conf.test. 3600 IN A 192.0.2.65");
      ask("a.wildcov.conf.test A").negative("NOERROR", SOA);
      ask("x.a.wildcov.conf.test A").negative("NXDOMAIN", SOA);
      ask("deep.a.wildcov.conf.test A").negative("NOERROR", SOA);
      ask("x.deep.a.wildcov.conf.test A")
          .answer("x.deep.a.wildcov.conf.test. 3600 IN A 192.0.2.64");
    }

    @Test
    @DisplayName("RFC 4592 2.2.1: ghost.*.wild is NXDOMAIN; the asterisk itself is there")
    void ghost() {
      ask("ghost.*.wild.conf.test A").negative("NXDOMAIN", SOA);
      askAllWays("*.wild.conf.test A").answer("*.wild.conf.test. 3600 IN A 192.0.2.60");
    }
  }

  @Nested
  final class Rfc4592Section4 {
    @Test
    @DisplayName("RFC 4592 4.3: a wildcard CNAME is synthesised and followed")
    void cname() {
      askAllWays("foo.wildcname.conf.test A")
          .is("NOERROR", "qr aa")
          .answerInOrder("foo.wildcname.conf.test. 3600 IN CNAME www.conf.test.", WWW);
      ask("foo.wildcname.conf.test CNAME")
          .answer("foo.wildcname.conf.test. 3600 IN CNAME www.conf.test.");
      ask("foo.wildcname.conf.test MX")
          .is("NOERROR", "qr aa")
          .answer("foo.wildcname.conf.test. 3600 IN CNAME www.conf.test.")
          .soa(SOA);
    }

    @Test
    @DisplayName("RFC 4592 2.2.1: each type of a wildcard, with the name asked for")
    void types() {
      ask("q.wildmulti.conf.test AAAA")
          .answer("q.wildmulti.conf.test. 3600 IN AAAA 2001:db8:0:0:0:0:0:66");
      ask("q.wildmulti.conf.test MX")
          .answer("q.wildmulti.conf.test. 3600 IN MX 10 mail.conf.test.");
    }

    @Test
    @DisplayName(
        "RFC 1034 4.3.3: a wildcard of the child does not reach the parent, nor the other way")
    void zonesApart() {
      ask("a.wild.child.conf.test A").answer("a.wild.child.conf.test. 1800 IN A 192.0.2.181");
      ask("a.nowild.child.conf.test A").negative("NXDOMAIN", "child.conf.test. 60");
    }
  }
}
