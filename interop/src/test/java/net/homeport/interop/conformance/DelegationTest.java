package net.homeport.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zone cuts: referrals, glue, and a child that stands beside its parent. */
final class DelegationTest extends OnTheWire {
  private static final String[] DELEG = {
    "deleg.conf.test. 3600 IN NS ns1.deleg.conf.test.",
    "deleg.conf.test. 3600 IN NS ns2.deleg.conf.test."
  };
  private static final String[] GLUE = {
    "ns1.deleg.conf.test. 3600 IN A 192.0.2.100",
    "ns1.deleg.conf.test. 3600 IN AAAA 2001:db8:0:0:0:0:0:100",
    "ns2.deleg.conf.test. 3600 IN A 192.0.2.102"
  };

  @Nested
  final class Rfc1034Section432 {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "host.deleg.conf.test A",
          "very.deep.host.deleg.conf.test TXT",
          "deleg.conf.test A",
          "deleg.conf.test NS",
          "deleg.conf.test SOA",
          "deleg.conf.test ANY",
          "deleg.conf.test CNAME",
          "host.deleg.conf.test DS",
          "host.deleg.conf.test TYPE666",
          "occluded.deleg.conf.test A",
          "occluded.deleg.conf.test ANY",
          "ns.sub.deleg.conf.test A",
          "sub.deleg.conf.test DS"
        })
    @DisplayName("RFC 1034 4.3.2 3b: at and below a cut: no AA, no answer, NS, all in-domain glue")
    void referral(String question) {
      askAllWays(question).referral(DELEG).additional(GLUE);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"ns1.deleg.conf.test A", "ns1.deleg.conf.test AAAA", "ns2.deleg.conf.test A"})
    @DisplayName("RFC 2181 6.1: glue that is asked for is a referral too")
    void glueAskedFor(String question) {
      askAllWays(question).referral(DELEG).additional(GLUE);
    }
  }

  @Nested
  final class Rfc9471 {
    @Test
    @DisplayName("RFC 9471 2.1: no glue for servers elsewhere")
    void outOfBailiwick() {
      askAllWays("x.deleg2.conf.test A")
          .referral("deleg2.conf.test. 3600 IN NS ns.example.net.")
          .additional();
    }

    @Test
    @DisplayName("RFC 9471 2.2: sibling glue")
    void sibling() {
      var reply =
          ask("x.deleg3.conf.test A")
              .referral(
                  "deleg3.conf.test. 3600 IN NS ns.glue3.conf.test.",
                  "deleg3.conf.test. 3600 IN NS ns1.deleg.conf.test.")
              .reply();
      assertThat(reply.additional())
          .as(reply::toString)
          .isSubsetOf("ns.glue3.conf.test. 3600 IN A 192.0.2.104", GLUE[0], GLUE[1]);
    }

    @Test
    @DisplayName("RFC 9471 2.1: a referral of less than 512 octets comes whole without EDNS")
    void fits() {
      ask("host.deleg.conf.test A").referral(DELEG).additional(GLUE).sizeAtMost(512);
    }

    @Test
    @DisplayName("RFC 9471 2.1: in-domain glue that does not fit sets TC; TCP brings all of it")
    void doesNotFit() {
      Reply reply = client().udp(Packet.query("x.manyns.conf.test A").octets());
      assertThat(reply.size()).as(reply::toString).isLessThanOrEqualTo(512);
      assertThat(reply.flags()).as(reply::toString).isEqualTo("qr tc");
      Reply whole = askTcp("x.manyns.conf.test A").is("NOERROR", "qr").reply();
      assertThat(whole.authority()).hasSize(13);
      assertThat(whole.additional()).hasSize(26);
    }
  }

  @Nested
  final class Rfc4035Section3141 {
    @Test
    @DisplayName("RFC 4035 3.1.4.1: DS at a cut is the parent's, with AA")
    void ds() {
      askAllWays("secure.conf.test DS")
          .is("NOERROR", "qr aa")
          .answer(
              "secure.conf.test. 3600 IN DS 12345 13 2 0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF")
          .authority();
    }

    @Test
    @DisplayName("RFC 4035 3.1.4.1: no DS at a cut: NODATA of the parent")
    void noDs() {
      askAllWays("deleg.conf.test DS").negative("NOERROR", SOA);
      askAllWays("deleg2.conf.test DS").negative("NOERROR", SOA);
    }

    @Test
    @DisplayName("RFC 4035 3.1.4.1: DS of an apex whose parent is not ours: NODATA of the child")
    void dsOfTheApex() {
      askAllWays("conf.test DS").negative("NOERROR", SOA);
      askAllWays("example DS").negative("NOERROR", "example. 300");
    }

    @Test
    @DisplayName(
        "RFC 4035 3.1.4.1: with parent and child here, DS is the parent's, all else the child's")
    void bothZones() {
      askAllWays("child.conf.test DS")
          .is("NOERROR", "qr aa")
          .answer(
              "child.conf.test. 3600 IN DS 54321 13 2 FEDCBA9876543210FEDCBA9876543210FEDCBA9876543210FEDCBA9876543210");
      askAllWays("child.conf.test SOA").is("NOERROR", "qr aa").answers(1);
      askAllWays("child.conf.test NS")
          .is("NOERROR", "qr aa")
          .answer(
              "child.conf.test. 1800 IN NS ns1.child.conf.test.",
              "child.conf.test. 1800 IN NS ns2.child.child.conf.test.");
      askAllWays("www.child.conf.test A")
          .is("NOERROR", "qr aa")
          .answer("www.child.conf.test. 1800 IN A 192.0.2.180");
      ask("www.child.conf.test DS").negative("NOERROR", "child.conf.test. 60");
      ask("ns1.child.conf.test A")
          .is("NOERROR", "qr aa")
          .answer("ns1.child.conf.test. 1800 IN A 192.0.2.106");
    }
  }
}
