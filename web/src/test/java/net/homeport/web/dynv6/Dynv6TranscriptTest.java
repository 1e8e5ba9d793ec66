package net.homeport.web.dynv6;

import static net.homeport.web.DoorClient.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import net.homeport.zone.writer.JournalException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What dynv6's clients send to /api/update, and what they must be told. */
final class Dynv6TranscriptTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String UPDATED = "addresses updated\n";
  private static final String UNCHANGED = "addresses unchanged\n";

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
    return client.get("/api/update?zone=" + HOST + "&token=" + token + "&" + query);
  }

  @Test
  void updatedThenUnchanged() throws Exception {
    assertAnswer(update("ipv4=198.51.100.7"), 200, UPDATED);
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertAnswer(update("ipv4=198.51.100.7"), 200, UNCHANGED);
  }

  @Test
  void autoIsTheCallersAddressOfThatFamily() throws Exception {
    assertAnswer(update("ipv4=auto&ipv6=auto"), 200, UPDATED);
    assertThat(web.addresses(HOST)).containsExactly("127.0.0.1");
    assertThat(web.records(HOST, Type.AAAA)).isEmpty();
    assertThat(
            web.rawOverIpv6(
                DoorClient.request(
                    "GET", "/api/update?zone=" + HOST + "&ipv6=auto&token=" + token)))
        .endsWith(UPDATED);
    assertThat(web.records(HOST, Type.AAAA)).containsExactly("0:0:0:0:0:0:0:1");
  }

  @Test
  void aDashRemovesAndWhatIsNotSentStays() throws Exception {
    update("ipv4=198.51.100.7&ipv6=2001:db8::7");
    assertAnswer(update("ipv6=-"), 200, UPDATED);
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(web.records(HOST, Type.AAAA)).isEmpty();
  }

  @Test
  void nothingSentChangesNothing() throws Exception {
    update("ipv4=198.51.100.7");
    assertAnswer(update("ipv4=&ipv6="), 200, UNCHANGED);
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @Test
  void anIpv6AddressMayTellItsLength() throws Exception {
    assertAnswer(update("ipv6=2001:db8::7/64"), 200, UPDATED);
    assertThat(web.records(HOST, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:7");
  }

  /** What becomes of it: {@code SiteNetworksTest}. */
  @Test
  void aPrefixOfTheSiteIsUnderstood() throws Exception {
    assertAnswer(update("ipv4=198.51.100.7&ipv6prefix=2001:db8:1::/56"), 200, UPDATED);
    assertAnswer(update("ipv4=198.51.100.8&ipv6prefix=auto"), 200, UPDATED);
    assertAnswer(update("ipv4=198.51.100.9&ipv6prefix=-"), 200, UPDATED);
    assertAnswer(update("ipv6prefix=rubbish"), 400, "invalid address\n");
  }

  @Test
  void theZoneMayBeShortAndIsAlsoCalledHostname() throws Exception {
    for (String name : new String[] {"zone", "hostname", "Hostname"}) {
      assertThat(client.get("/api/update?" + name + "=branch1&ipv4=198.51.100.7&token=" + token))
          .contains(" 200 ");
    }
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @Test
  void wrongTokenAndUnknownZone() throws Exception {
    assertAnswer(
        client.get("/api/update?zone=" + HOST + "&token=guess&ipv4=198.51.100.7"),
        401,
        "invalid authentication token\n");
    assertAnswer(
        client.get("/api/update?zone=nowhere.example&ipv4=198.51.100.7&token=" + token),
        404,
        "zone not found\n");
    assertAnswer(client.get("/api/update?zone=nowhere&token=" + token), 404, "zone not found\n");
    assertAnswer(client.get("/api/update?token=" + token), 400, "invalid zone name\n");
  }

  @Test
  void aBearerTokenDoes() throws Exception {
    assertAnswer(
        client.get(
            "/api/update?zone=" + HOST + "&ipv4=198.51.100.7",
            "Authorization: Bearer " + token + "\r\n"),
        200,
        UPDATED);
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
          new DoorClient(broken).get("/api/update?zone=branch1&ipv4=198.51.100.7&token=" + secret),
          503,
          "911\n");
    }
  }
}
