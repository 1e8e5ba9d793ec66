package net.homeport.web.desec;

import static net.homeport.web.DoorClient.assertAnswer;
import static net.homeport.web.DoorClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import net.homeport.zone.writer.JournalException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** What deSEC's clients send, and what they must be told; what is not sent is deleted. */
final class DesecTranscriptTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String CAM = "cam.dyn.example.org";

  private WebFixture web;
  private DoorClient client;
  private String token;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    client = new DoorClient(web);
    token = web.host(HOST);
    web.hostOf(HOST, CAM);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String update(String query) throws Exception {
    return client.get("/desec/?" + query, basic(HOST + ":" + token));
  }

  private String aaaa(String host) throws Exception {
    return String.join(" ", web.records(host, Type.AAAA));
  }

  @Test
  void goodWithoutAnAddressAndNeverNochg() throws Exception {
    assertAnswer(update("myip=198.51.100.7"), 200, "good");
    assertAnswer(update("myip=198.51.100.7"), 200, "good");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  /** H40: a half is worse than nothing, for who is told one word. */
  @Test
  void h40AllHostsOfARequestChangeOrNone() throws Exception {
    web.host("other.dyn.example.org");
    for (String wrong : new String[] {"other.dyn.example.org", "nowhere.dyn.example.org"}) {
      assertThat(update("hostname=" + HOST + "," + wrong + "&myip=198.51.100.7"))
          .startsWith("HTTP/1.1 4");
      assertThat(web.addresses(HOST)).isEmpty();
    }
    assertAnswer(update("hostname=" + HOST + "," + CAM + "&myip=198.51.100.7"), 200, "good");
    assertThat(web.addresses(CAM)).containsExactly("198.51.100.7");
  }

  @Test
  void hostsOfTwoZonesDoNotChangeTogether() throws Exception {
    web.zone("@ 60 SOA ns h 1 7200 900 1209600 60\n@ 60 NS ns\nns 60 A 192.0.2.1\n", "b.test");
    web.hostOf(HOST, "cam.b.test");
    assertAnswer(update("hostname=" + HOST + ",cam.b.test&myip=198.51.100.7"), 403, "!yours\n");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void whatIsNotSentIsDeleted() throws Exception {
    update("myipv4=198.51.100.7&myipv6=2001:db8::7");
    assertThat(aaaa(HOST)).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertAnswer(update("myipv4=198.51.100.8"), 200, "good");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.8");
    assertThat(aaaa(HOST)).isEmpty();
  }

  @Test
  void emptyDeletesAndPreserveKeeps() throws Exception {
    update("myipv4=198.51.100.7&myipv6=2001:db8::7");
    assertAnswer(update("myipv4=&myipv6=preserve"), 200, "good");
    assertThat(web.addresses(HOST)).isEmpty();
    assertThat(aaaa(HOST)).isNotEmpty();
    assertAnswer(update("myipv4=preserve&myipv6=preserve"), 200, "good");
    assertThat(aaaa(HOST)).isNotEmpty();
  }

  @Test
  void aListIsSeveralRecords() throws Exception {
    assertAnswer(
        update("myip=198.51.100.7,198.51.100.8&myipv6=2001:db8::7,2001:db8::8"), 200, "good");
    assertThat(web.addresses(HOST)).containsExactlyInAnyOrder("198.51.100.7", "198.51.100.8");
    assertThat(web.records(HOST, Type.AAAA)).hasSize(2);
  }

  @Test
  void aNetworkReplacesTheFirstBitsOfEachRecord() throws Exception {
    update("myipv4=&myipv6=2001:db8:a::7,2001:db8:a::8");
    // As deSEC, any address of the network stands for it.
    assertAnswer(update("myipv4=preserve&myipv6=2001:db8:b::1/64"), 200, "good");
    assertThat(web.records(HOST, Type.AAAA))
        .containsExactlyInAnyOrder("2001:db8:b:0:0:0:0:7", "2001:db8:b:0:0:0:0:8");
    update("myipv4=&myipv6=");
    assertAnswer(update("myipv4=preserve&myipv6=2001:db8:c::/64"), 200, "good");
    assertThat(aaaa(HOST)).as("where there is none, none is made").isEmpty();
  }

  @Test
  void parametersForSingleHosts() throws Exception {
    assertAnswer(
        update(
            "hostname="
                + HOST
                + "&myipv4=198.51.100.7&myipv6=2001:db8::7&myipv6:"
                + CAM
                + "=2001:db8::c&myipv4:"
                + CAM
                + "="),
        200,
        "good");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(aaaa(HOST)).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(web.addresses(CAM)).isEmpty();
    assertThat(aaaa(CAM)).isEqualTo("2001:db8:0:0:0:0:0:c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "myip=198.51.100.7,preserve",
        "myip=198.51.100.7,",
        "myip=198.51.100.7,198.51.100.0/24",
        "myip=1.2.3.4.5",
        "myipv6=2001:db8::/999",
        "myipv6:cam.dyn.example.org=rubbish"
      })
  void whatMakesNoSenseChangesNothing(String query) throws Exception {
    update("myip=198.51.100.9");
    assertAnswer(update(query), 400, "badip\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostname=" + HOST, "hostname=YES", "hostname=", "host_id=" + HOST, ""})
  void theUserNameIsTheHostUnlessOneIsNamed(String query) throws Exception {
    assertAnswer(update(query + "&myip=198.51.100.7"), 200, "good");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "me@example.org", HOST, CAM})
  void thePasswordIsTheTokenWhoeverItIsSentFor(String username) throws Exception {
    assertAnswer(
        client.get("/desec/update?myip=198.51.100.7", basic(username + ":" + token)), 200, "good");
    assertThat(web.addresses(username.equals(CAM) ? CAM : HOST)).containsExactly("198.51.100.7");
  }

  @Test
  void theHeaderOrTheQueryMayCarryTheToken() throws Exception {
    assertAnswer(
        client.get("/desec/?myip=198.51.100.7", "Authorization: Token " + token + "\r\n"),
        200,
        "good");
    assertAnswer(
        client.get("/desec/any/path?myip=198.51.100.8&username=" + HOST + "&password=" + token),
        200,
        "good");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.8");
  }

  @Test
  void theNameOfTheServerMayChooseTheDialect() throws Exception {
    String request =
        "GET /nic/update?myip=198.51.100.7 HTTP/1.1\r\nHost: desec.example.org:80\r\n"
            + basic(HOST + ":" + token)
            + "Connection: close\r\n\r\n";
    assertAnswer(web.raw(request), 200, "good");
  }

  @Test
  void wrongTokenAndUnknownHost() throws Exception {
    String answer = client.get("/desec/?myip=198.51.100.7", basic(HOST + ":guess"));
    assertAnswer(answer, 401, "badauth\n");
    assertThat(answer).contains("WWW-Authenticate: Basic");
    assertAnswer(update("hostname=nowhere.example.org&myip=198.51.100.7"), 404, "nohost\n");
  }

  @Test
  void aPlaceholderThatWasLeftInDeletesNothing() throws Exception {
    update("myipv4=198.51.100.7&myipv6=2001:db8::7");
    assertAnswer(update("myipv4=198.51.100.8&myipv6=%3Cip6addr%3E"), 200, "good");
    assertThat(aaaa(HOST)).isNotEmpty();
  }

  @Test
  void aStoreThatIsDownIs911() throws Exception {
    try (var broken =
        WebFixture.start(
            "",
            _ -> {
              throw new JournalException("the disk is full", new IllegalStateException());
            })) {
      String secret = broken.host(HOST);
      assertAnswer(
          new DoorClient(broken).get("/desec/?myip=198.51.100.7", basic(HOST + ":" + secret)),
          503,
          "911\n");
    }
  }
}
