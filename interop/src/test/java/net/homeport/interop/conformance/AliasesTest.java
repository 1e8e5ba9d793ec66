package net.homeport.interop.conformance;

import java.util.ArrayList;
import net.homeport.interop.wire.Packet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CNAME and DNAME. */
final class AliasesTest extends OnTheWire {
  private static final String ALIAS = "alias.conf.test. 3600 IN CNAME www.conf.test.";
  private static final String DNAME = "dn.conf.test. 3600 IN DNAME target.conf.test.";

  private static String cname(String owner, String target) {
    return owner + ".conf.test. 3600 IN CNAME " + target + ".conf.test.";
  }

  @Nested
  final class Rfc1034Section362 {
    @Test
    @DisplayName("RFC 1034 3.6.2: the CNAME, then what it leads to")
    void followed() {
      askAllWays("alias.conf.test A").is("NOERROR", "qr aa").answerInOrder(ALIAS, WWW).authority();
      askAllWays("chain1.conf.test A")
          .is("NOERROR", "qr aa")
          .answerInOrder(
              cname("chain1", "chain2"), cname("chain2", "chain3"), cname("chain3", "www"), WWW);
    }

    @Test
    @DisplayName("RFC 1034 3.6.2: asked for, the CNAME is not followed; for ANY neither")
    void notFollowed() {
      askAllWays("alias.conf.test CNAME").answer(ALIAS);
      askAllWays("chain1.conf.test CNAME").answer(cname("chain1", "chain2"));
      ask("alias.conf.test ANY").answer(ALIAS);
    }

    @Test
    @DisplayName("RFC 2308 2.2: NODATA at the end of a chain has the CNAMEs and the SOA")
    void noData() {
      askAllWays("alias.conf.test MX").is("NOERROR", "qr aa").answer(ALIAS).soa(SOA);
      ask("cnodata.conf.test A").answer(cname("cnodata", "hinfo")).soa(SOA);
      ask("cent.conf.test A").is("NOERROR", "qr aa").answer(cname("cent", "ent")).soa(SOA);
    }

    @Test
    @DisplayName("RFC 6604 3, RFC 2308 2.1: the RCODE is that of the last name")
    void nameError() {
      askAllWays("cnx.conf.test A")
          .is("NXDOMAIN", "qr aa")
          .answer(cname("cnx", "nothere"))
          .soa(SOA);
    }

    @Test
    @DisplayName("RFC 1034 4.3.2: a CNAME out of our zones ends the answer")
    void outOfZone() {
      askAllWays("cout.conf.test A")
          .is("NOERROR", "qr aa")
          .answer("cout.conf.test. 3600 IN CNAME www.example.net.")
          .authority();
    }

    @Test
    @DisplayName(
        "RFC 1034 4.3.2: a CNAME below a cut: CNAME and referral; AA is about the first name (RFC 1035 4.1.1)")
    void belowACut() {
      ask("cdel.conf.test A")
          .is("NOERROR", "qr aa")
          .answer(cname("cdel", "host.deleg"))
          .authority(
              "deleg.conf.test. 3600 IN NS ns1.deleg.conf.test.",
              "deleg.conf.test. 3600 IN NS ns2.deleg.conf.test.");
    }

    @Test
    @DisplayName("RFC 4592: a CNAME to a wildcard")
    void toAWildcard() {
      askAllWays("cwild.conf.test A")
          .answerInOrder(cname("cwild", "foo.wild"), "foo.wild.conf.test. 3600 IN A 192.0.2.60");
    }

    @Test
    @DisplayName("RFC 1034 4.3.2 3a: a chain goes on in another zone that we have")
    void toAnotherZone() {
      ask("cchild.conf.test A")
          .answerInOrder(
              cname("cchild", "www.child"), "www.child.conf.test. 1800 IN A 192.0.2.180");
      ask("cother.conf.test A")
          .answerInOrder(
              "cother.conf.test. 3600 IN CNAME host1.example.",
              "host1.example. 3600 IN A 192.0.2.1");
      ask("up.child.conf.test A")
          .answerInOrder("up.child.conf.test. 1800 IN CNAME www.conf.test.", WWW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cself", "cloop1", "cloop2"})
    @DisplayName("RFC 1034 3.6.2: a loop ends, and says nothing twice")
    void loop(String name) {
      ask(name + ".conf.test A").status("NOERROR", "SERVFAIL").answersAtMost(2);
      ask(name + ".conf.test CNAME").is("NOERROR", "qr aa").answers(1);
    }

    @Test
    @DisplayName(
        "RFC 1034 5.2.2: a chain of 20 is bounded; what comes of it is its beginning, in order")
    void longChain() {
      var chain = new ArrayList<String>();
      for (int i = 1; i < 20; i++) {
        chain.add(cname("l%02d".formatted(i), "l%02d".formatted(i + 1)));
      }
      chain.add(cname("l20", "www"));
      chain.add(WWW);
      var reply = askTcp("l01.conf.test A").status("NOERROR", "SERVFAIL").reply();
      org.assertj.core.api.Assertions.assertThat(reply.answer())
          .isEqualTo(chain.subList(0, reply.answer().size()));
      askAllWays("l05.conf.test A")
          .is("NOERROR", "qr aa")
          .answerInOrder(chain.subList(4, chain.size()).toArray(String[]::new));
    }
  }

  @Nested
  final class Rfc6672 {
    @Test
    @DisplayName("RFC 6672 3.1: DNAME, synthesised CNAME with its TTL, then the target")
    void followed() {
      askAllWays("www.dn.conf.test A")
          .is("NOERROR", "qr aa")
          .answerInOrder(
              DNAME, cname("www.dn", "www.target"), "www.target.conf.test. 3600 IN A 192.0.2.71");
      askAllWays("a.b.dn.conf.test A")
          .answerInOrder(
              DNAME, cname("a.b.dn", "a.b.target"), "a.b.target.conf.test. 3600 IN A 192.0.2.72");
    }

    @Test
    @DisplayName("RFC 6672 2.3: the owner itself is not redirected")
    void owner() {
      askAllWays("dn.conf.test A").answer("dn.conf.test. 3600 IN A 192.0.2.70");
      askAllWays("dn.conf.test DNAME").answer(DNAME);
      ask("dn.conf.test MX").negative("NOERROR", SOA);
    }

    @Test
    @DisplayName("RFC 6672 2.4: names below a DNAME are occluded")
    void occluded() {
      ask("occluded.dn.conf.test A")
          .is("NXDOMAIN", "qr aa")
          .answerInOrder(DNAME, cname("occluded.dn", "occluded.target"));
    }

    @Test
    @DisplayName("RFC 6672 3.2: a redirected name that does not exist is NXDOMAIN")
    void nameError() {
      askAllWays("nope.dn.conf.test A")
          .is("NXDOMAIN", "qr aa")
          .answerInOrder(DNAME, cname("nope.dn", "nope.target"))
          .soa(SOA);
      ask("b.dn.conf.test A").is("NOERROR", "qr aa").answers(2).soa(SOA);
    }

    @Test
    @DisplayName(
        "RFC 6672 3.1: asked for CNAME or DNAME below: the synthesised CNAME is the answer")
    void askedForAliases() {
      for (String label : new String[] {"www", "nope", "b", "alias"}) {
        askAllWays(label + ".dn.conf.test CNAME")
            .is("NOERROR", "qr aa")
            .answerInOrder(DNAME, cname(label + ".dn", label + ".target"))
            .authority();
      }
      ask("www.dn.conf.test DNAME")
          .is("NOERROR", "qr aa")
          .answerInOrder(DNAME, cname("www.dn", "www.target"))
          .soa(SOA);
    }

    @Test
    @DisplayName(
        "RFC 2181 5: a DNAME that is an alias on the way and the answer at its end comes once")
    void saidOnce() {
      askAllWays("x.dnback.conf.test DNAME")
          .is("NOERROR", "qr aa")
          .answer(
              "dnback.conf.test. 3600 IN DNAME back.conf.test.",
              cname("x.dnback", "x.back"),
              cname("x.back", "dnback"));
    }

    @Test
    @DisplayName("RFC 6672 3.2: out of our zones")
    void outOfZone() {
      askAllWays("www.dnout.conf.test A")
          .is("NOERROR", "qr aa")
          .answerInOrder(
              "dnout.conf.test. 3600 IN DNAME example.net.",
              "www.dnout.conf.test. 3600 IN CNAME www.example.net.")
          .authority();
    }

    @Test
    @DisplayName("RFC 6672 3.2: DNAME then CNAME, and CNAME then DNAME")
    void withCname() {
      askAllWays("alias.dn.conf.test A")
          .answerInOrder(
              DNAME,
              cname("alias.dn", "alias.target"),
              cname("alias.target", "alias2.target"),
              cname("alias2.target", "www.target"),
              "www.target.conf.test. 3600 IN A 192.0.2.71");
      ask("cdn.conf.test A")
          .answerInOrder(
              cname("cdn", "www.dn"),
              DNAME,
              cname("www.dn", "www.target"),
              "www.target.conf.test. 3600 IN A 192.0.2.71");
    }

    @Test
    @DisplayName("RFC 6672 2.2: a name that becomes too long is YXDOMAIN, with the DNAME")
    void tooLong() {
      String target =
          "%s.%s.%s.conf.test.".formatted("a".repeat(63), "b".repeat(63), "c".repeat(63));
      String dname = "dnlong.conf.test. 3600 IN DNAME " + target;
      String fits = "d".repeat(51) + ".dnlong.conf.test.";
      askTcp(fits + " A")
          .is("NXDOMAIN", "qr aa")
          .answerInOrder(dname, fits + " 3600 IN CNAME " + "d".repeat(51) + "." + target);
      for (String label : new String[] {"d".repeat(52), "d".repeat(63), "e." + "d".repeat(51)}) {
        ask(Packet.query(label + ".dnlong.conf.test A").edns(1232))
            .is("YXDOMAIN", "qr aa")
            .answer(dname);
        askTcp(label + ".dnlong.conf.test A").is("YXDOMAIN", "qr aa").answer(dname);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.dloop1", "x.y.dloop2", "x.dself", "a.dself"})
    @DisplayName("RFC 6672 2.3: loops end, and are bounded")
    void loops(String name) {
      askTcp(name + ".conf.test A").status("NOERROR", "SERVFAIL", "YXDOMAIN").answersAtMost(34);
    }

    @Test
    @DisplayName("RFC 6672 3.2: into a delegation: DNAME, CNAME and a referral")
    void intoADelegation() {
      ask("host.dndel.conf.test A")
          .is("NOERROR", "qr aa")
          .answers(2)
          .authority(
              "deleg.conf.test. 3600 IN NS ns1.deleg.conf.test.",
              "deleg.conf.test. 3600 IN NS ns2.deleg.conf.test.");
    }

    @Test
    @DisplayName("RFC 6672 3.2: into a wildcard")
    void intoAWildcard() {
      ask("q.dnwild.conf.test A")
          .answerInOrder(
              "dnwild.conf.test. 3600 IN DNAME wild.conf.test.",
              cname("q.dnwild", "q.wild"),
              "q.wild.conf.test. 3600 IN A 192.0.2.60");
    }

    @Test
    @DisplayName("RFC 6672 2.3: a DNAME at the apex redirects all below, and nothing of the apex")
    void apex() {
      String dname = "dnapex.test. 3600 IN DNAME conf.test.";
      ask("www.dnapex.test A")
          .is("NOERROR", "qr aa")
          .answerInOrder(dname, "www.dnapex.test. 3600 IN CNAME www.conf.test.", WWW);
      ask("dnapex.test TXT").answer("dnapex.test. 3600 IN TXT \"stays\"");
      ask("dnapex.test NS").is("NOERROR", "qr aa").answers(1);
      ask("dnapex.test DNAME").answer(dname);
      ask("dnapex.test A").negative("NOERROR", "dnapex.test. 300");
    }

    @Test
    @DisplayName("RFC 6672 2.2: shortloop.x.x and shortloop.x, redirected to the root")
    void toTheRoot() {
      ask("shortloop.x.x A")
          .is("NOERROR", "qr aa")
          .answerInOrder(
              "x. 3600 IN DNAME .",
              "shortloop.x.x. 3600 IN CNAME shortloop.x.",
              "shortloop.x. 3600 IN CNAME shortloop.");
    }
  }
}
