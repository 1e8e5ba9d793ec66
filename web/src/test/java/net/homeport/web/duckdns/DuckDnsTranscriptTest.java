package net.homeport.web.duckdns;

import static net.homeport.web.DoorClient.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import net.homeport.zone.writer.JournalException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What DuckDNS's clients send to /update, and what they must be told. */
final class DuckDnsTranscriptTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String CHALLENGE = "_acme-challenge." + HOST;
  private static final String ANSWER = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
  private static final String IPV6 = "2001:db8:0:0:0:0:0:7";

  private WebFixture web;
  private DoorClient client;
  private String token;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    client = new DoorClient(web);
    token = web.host(HOST);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String update(String query) throws Exception {
    return client.get("/update?token=" + token + "&" + query);
  }

  @Test
  void theNameIsShortOfItsZone() throws Exception {
    assertAnswer(update("domains=branch1&ip=198.51.100.7"), 200, "OK");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @Test
  void theFullNameIsTolerated() throws Exception {
    assertAnswer(update("domains=Branch1.dyn.example.org.&ip=198.51.100.7"), 200, "OK");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @Test
  void severalDomainsAllOrKo() throws Exception {
    web.hostOf(HOST, "cam.dyn.example.org");
    assertAnswer(update("domains=branch1,cam&ip=198.51.100.7"), 200, "OK");
    assertThat(web.addresses("cam.dyn.example.org")).containsExactly("198.51.100.7");
    assertAnswer(update("domains=branch1,nowhere&ip=198.51.100.7"), 404, "KO");
  }

  @Test
  void anothersHostIsKo() throws Exception {
    web.host("other.dyn.example.org");
    assertAnswer(update("domains=other&ip=198.51.100.7"), 404, "KO");
    assertThat(web.addresses("other.dyn.example.org")).isEmpty();
  }

  @Test
  void aShortNameInTwoZonesIsTheOneOfTheCredentialsZone() throws Exception {
    web.zone("@ 60 SOA ns h 1 7200 900 1209600 60\n@ 60 NS ns\nns 60 A 192.0.2.1\n", "b.test");
    web.hostOf(HOST, "branch1.b.test");
    assertAnswer(update("domains=branch1&ip=198.51.100.7"), 200, "OK");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(web.addresses("branch1.b.test")).isEmpty();
  }

  @Test
  void withoutAnAddressTheCallersCounts() throws Exception {
    assertAnswer(update("domains=branch1&ip="), 200, "OK");
    assertThat(web.addresses(HOST)).containsExactly("127.0.0.1");
  }

  @Test
  void anIpv6AddressAloneGuessesNoIpv4One() throws Exception {
    assertAnswer(update("domains=branch1&ipv6=2001:db8::7"), 200, "OK");
    assertThat(web.addresses(HOST)).isEmpty();
    assertThat(web.records(HOST, Type.AAAA)).containsExactly(IPV6);
  }

  @Test
  void ipMayHoldAnIpv6Address() throws Exception {
    assertAnswer(update("domains=branch1&ip=2001:db8::7"), 200, "OK");
    assertThat(web.records(HOST, Type.AAAA)).containsExactly(IPV6);
  }

  @Test
  void verboseTellsTheAddressesThatAreNow() throws Exception {
    String query = "domains=branch1&verbose=true&ip=198.51.100.7";
    assertAnswer(update(query), 200, "OK\n198.51.100.7\n\nUPDATED");
    assertAnswer(update(query), 200, "OK\n198.51.100.7\n\nNOCHANGE");
    assertAnswer(
        update("domains=branch1&verbose=true&ipv6=2001:db8::7"),
        200,
        "OK\n198.51.100.7\n2001:db8::7\nUPDATED");
  }

  @Test
  void clearTakesBothFamiliesOutWhateverElseIsSent() throws Exception {
    update("domains=branch1&ip=198.51.100.7&ipv6=2001:db8::7");
    assertAnswer(
        update("domains=branch1&ip=198.51.100.8&clear=true&verbose=true"), 200, "OK\n\n\nUPDATED");
    assertThat(web.addresses(HOST)).isEmpty();
    assertThat(web.records(HOST, Type.AAAA)).isEmpty();
  }

  @Test
  void thePathForPoorRouters() throws Exception {
    assertAnswer(client.get("/update/branch1/" + token + "/198.51.100.7"), 200, "OK");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertAnswer(client.get("/update/branch1/" + token), 200, "OK");
    assertThat(web.addresses(HOST)).containsExactly("127.0.0.1");
    assertAnswer(client.get("/update/branch1/" + token + "/"), 200, "OK");
  }

  @Test
  void aWrongTokenIsKoAndNever200() throws Exception {
    assertAnswer(client.get("/update?domains=branch1&token=guess&ip=198.51.100.7"), 401, "KO");
    assertAnswer(client.get("/update?domains=branch1&ip=198.51.100.7"), 401, "KO");
    assertAnswer(client.get("/update/branch1/guess/198.51.100.7"), 401, "KO");
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void whatIsNoAddressIsKo() throws Exception {
    assertAnswer(update("domains=branch1&ip=999.1.1.1"), 400, "KO");
    assertAnswer(update("domains=branch1&ipv6=192.0.2.300"), 400, "KO");
  }

  @Test
  void aTxtRecordIsNotTakenForAnAddress() throws Exception {
    assertAnswer(update("domains=branch1&txt=challenge"), 400, "KO");
    assertAnswer(update("domains=branch1&txt="), 400, "KO");
    assertThat(web.addresses(HOST)).isEmpty();
    assertThat(web.records(CHALLENGE, Type.TXT)).isEmpty();
  }

  /** Exactly what lego and acme.sh send; the second value is for the wildcard. */
  @Test
  void txtIsAnAnswerToAChallenge() throws Exception {
    assertAnswer(update("domains=branch1&txt=" + ANSWER), 200, "OK");
    assertThat(web.records(CHALLENGE, Type.TXT)).containsExactly(ANSWER);
    assertAnswer(
        update("domains=branch1&verbose=true&txt=" + ANSWER), 200, "OK\n" + ANSWER + "\nNOCHANGE");
    String second = "x" + ANSWER.substring(1);
    assertAnswer(
        update("domains=branch1&verbose=true&txt=" + second), 200, "OK\n" + second + "\nUPDATED");
    assertThat(web.records(CHALLENGE, Type.TXT)).hasSize(2);
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void txtWithClearTakesAnswersAwayAndNoAddress() throws Exception {
    update("domains=branch1&ip=198.51.100.7");
    update("domains=branch1&txt=" + ANSWER);
    assertAnswer(update("domains=branch1&txt=&clear=true"), 200, "OK");
    assertThat(web.records(CHALLENGE, Type.TXT)).isEmpty();
    assertAnswer(update("domains=branch1&txt=&clear=true&verbose=true"), 200, "OK\n\nNOCHANGE");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @Test
  void txtOfAnothersHostIsKo() throws Exception {
    web.host("other.dyn.example.org");
    assertAnswer(update("domains=other&txt=" + ANSWER), 404, "KO");
    assertAnswer(update("domains=branch1,other&txt=" + ANSWER), 404, "KO");
    assertThat(web.records(CHALLENGE, Type.TXT)).isEmpty();
    assertAnswer(client.get("/update?domains=branch1&token=guess&txt=" + ANSWER), 401, "KO");
    assertAnswer(client.get("/update?domains=branch1&txt=" + ANSWER), 401, "KO");
  }

  @Test
  void withoutDomainsItIsDyndns2() throws Exception {
    assertAnswer(
        client.get(
            "/update?hostname=" + HOST + "&myip=198.51.100.7",
            DoorClient.basic(HOST + ":" + token)),
        200,
        "good 198.51.100.7\n");
  }

  @Test
  void postedForm() throws Exception {
    assertAnswer(
        client.post("/update", "domains=branch1&token=" + token + "&ip=198.51.100.7"), 200, "OK");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @Test
  void aStoreThatIsDownIsNeverKo() throws Exception {
    try (var broken =
        WebFixture.start(
            "",
            _ -> {
              throw new JournalException("the disk is full", new IllegalStateException());
            })) {
      String secret = broken.host(HOST);
      assertAnswer(
          new DoorClient(broken).get("/update?domains=branch1&ip=198.51.100.7&token=" + secret),
          503,
          "911\n");
    }
  }
}
