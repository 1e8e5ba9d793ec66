package net.homeport.interop.conformance;

import static net.homeport.interop.wire.Packet.hex;
import static net.homeport.interop.wire.Packet.option;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS cookies. */
final class CookiesTest extends OnTheWire {
  private static final int COOKIE = 10;
  private static final String CLIENT = "0102030405060708";

  private static Packet query(String cookie) {
    return Packet.query("www.conf.test A").edns(1232, option(COOKIE, hex(cookie)));
  }

  private static String cookieOf(Reply reply) {
    String cookie = reply.option(COOKIE);
    assertThat(cookie).as(reply::toString).isNotNull().matches(CLIENT + "[0-9a-f]{32}");
    return cookie == null ? "" : cookie;
  }

  private static String freshCookie() {
    return cookieOf(ask(query(CLIENT)).is("NOERROR", "qr aa").answer(WWW).reply());
  }

  @Nested
  final class Rfc9018Section4 {
    @Test
    @DisplayName("RFC 9018 4: a client cookie gets a server cookie of 16 octets, by UDP and TCP")
    void fresh() {
      assertThat(freshCookie()).hasSize(48);
      cookieOf(askTcp(query(CLIENT)).is("NOERROR", "qr aa").answer(WWW).reply());
    }

    @Test
    @DisplayName("RFC 9018 4.1-4.3: version 1, three reserved octets of 0, and the time")
    void form() {
      String server = freshCookie().substring(16);
      assertThat(server).startsWith("01000000");
      long time = Long.parseLong(server.substring(8, 16), 16);
      assertThat(System.currentTimeMillis() / 1000 - time).isBetween(-5L, 35L);
    }

    @Test
    @DisplayName("RFC 9018 4.4: another client cookie, another hash")
    void boundToTheClientCookie() {
      String other = ask(query("1102030405060708")).reply().option(COOKIE);
      assertThat(other).isNotNull();
      assertThat(String.valueOf(other).substring(32)).isNotEqualTo(freshCookie().substring(32));
    }

    @Test
    @DisplayName("RFC 9018 4.4: another address, another hash")
    void boundToTheAddress() {
      String one = freshCookie();
      InetAddress elsewhere = InetAddress.ofLiteral("127.0.0.7");
      String other = cookieOf(client().udpFrom(elsewhere, query(CLIENT).octets()));
      assertThat(other.substring(32)).isNotEqualTo(one.substring(32));
    }

    @Test
    @DisplayName("RFC 9018 4.3: our own cookie is good, and comes back")
    void good() {
      String cookie = freshCookie();
      String again = cookieOf(ask(query(cookie)).is("NOERROR", "qr aa").answer(WWW).reply());
      assertThat(again).hasSize(48);
      cookieOf(askTcp(query(cookie)).is("NOERROR", "qr aa").answer(WWW).reply());
    }
  }

  @Nested
  final class Rfc7873Section52 {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 9, 12, 15, 41, 60})
    @DisplayName("RFC 7873 5.2.2: less than 8, 9 to 15, and more than 40 octets are FORMERR")
    void malformed(int octets) {
      ask(query("01".repeat(octets))).status("FORMERR").answers(0);
      askTcp(query("01".repeat(octets))).status("FORMERR").answers(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 32})
    @DisplayName(
        "RFC 7873 5.2.4: a wrong server cookie: BADCOOKIE or an answer, with a fresh cookie")
    void wrong(int octets) {
      Reply reply = ask(query(CLIENT + "aa".repeat(octets))).status("BADCOOKIE", "NOERROR").reply();
      assertThat(cookieOf(reply)).doesNotContain("aaaaaaaaaaaaaaaa");
    }

    @Test
    @DisplayName("RFC 7873 5.2.4: a cookie that was ours and was changed in one bit is wrong")
    void changed() {
      String cookie = freshCookie();
      String last = cookie.endsWith("0") ? "1" : "0";
      Reply reply =
          ask(query(cookie.substring(0, 47) + last)).status("BADCOOKIE", "NOERROR").reply();
      assertThat(cookieOf(reply)).isNotEqualTo(cookie.substring(0, 47) + last);
    }

    @Test
    @DisplayName("RFC 7873 5.2.4, RFC 9018 4.3: a cookie from the future or of yesterday is wrong")
    void oldAndNew() {
      String cookie = freshCookie();
      for (String time : new String[] {"00000000", "ffffffff", "7fffffff"}) {
        String other = cookie.substring(0, 24) + time + cookie.substring(32);
        assertThat(cookieOf(ask(query(other)).status("BADCOOKIE", "NOERROR").reply()))
            .isNotEqualTo(other);
      }
    }

    @Test
    @DisplayName("RFC 7873 5.4: a query of nothing but a cookie (QDCOUNT 0) is answered with one")
    void cookieOnly() {
      Reply reply =
          ask(Packet.empty().edns(1232, option(COOKIE, hex(CLIENT))))
              .is("NOERROR", "qr")
              .answers(0)
              .reply();
      cookieOf(reply);
      ask(Packet.empty().edns(1232)).status("FORMERR");
    }

    @Test
    @DisplayName("RFC 7873 5.2.1: no cookie in the query, none in the answer")
    void none() {
      ask(Packet.query("www.conf.test A").edns(1232)).noOption(COOKIE);
      ask("www.conf.test A").opt(false);
    }

    @Test
    @DisplayName(
        "RFC 7873 5.2.3: negative answers, referrals, truncation and refusals carry the cookie")
    void always() {
      for (String question :
          new String[] {
            "nope.conf.test A", "x.deleg.conf.test A", "big.conf.test TXT", "not.ours A"
          }) {
        cookieOf(ask(Packet.query(question).edns(512, option(COOKIE, hex(CLIENT)))).reply());
      }
    }

    @Test
    @DisplayName("RFC 7873 4: the first of two cookies counts, or FORMERR")
    void two() {
      ask(Packet.query("www.conf.test A")
              .edns(1232, option(COOKIE, hex(CLIENT)), option(COOKIE, hex(CLIENT))))
          .status("NOERROR", "FORMERR");
    }
  }

  @Nested
  final class Dig {
    @Test
    @DisplayName("RFC 7873 5: dig finds the cookie good")
    void dig() {
      assertThat(OnTheWire.dig("+cookie", "www.conf.test", "A")).contains("COOKIE: ", "(good)");
    }
  }
}
