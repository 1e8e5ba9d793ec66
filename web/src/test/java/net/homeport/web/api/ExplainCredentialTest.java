package net.homeport.web.api;

import static net.homeport.web.DoorClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is foreseen for a credential is what its device hears. */
final class ExplainCredentialTest {
  private static final String HOST = "cam.dyn.example.org";
  private static final String END = "2026-11-21T12:00:00Z";

  private final WebFixture web;
  private final ApiPeople people;

  ExplainCredentialTest() throws Exception {
    web = WebFixture.start();
    people = new ApiPeople(web);
  }

  @AfterEach
  void close() {
    people.close();
    web.close();
  }

  private static CredentialScope scope(
      Set<String> doors, List<AddressBlock> networks, @Nullable Instant end, boolean tls) {
    return new CredentialScope(
        NameScope.OWN, CredentialScope.ANY_TYPE, doors, networks, end, null, tls);
  }

  /** The device's answer and the explanation. */
  private void assertRefused(String login, String why) throws Exception {
    assertThat(new DoorClient(web).get("/nic/update?hostname=" + HOST + "&myip=192.0.2.1", login))
        .contains("badauth");
    assertThat(explained(""))
        .contains("\"outcome\":\"rejected\"", "\"decidedBy\":\"credential\"", why);
  }

  private String explained(String more) throws Exception {
    return people.does(
        "POST",
        "explain/request",
        "{\"host\":\"%s\",\"addresses\":[\"192.0.2.1\"],\"source\":\"127.0.0.1\"%s}"
            .formatted(HOST, more));
  }

  @Test
  void whatTheCredentialIsNotForIsForeseen() throws Exception {
    String login = basic(HOST + ":" + web.host(HOST));
    assertThat(explained("")).contains("\"outcome\":\"updated\"");

    people.does("POST", "credentials/" + HOST + "/disable", "");
    assertRefused(login, "the credential is disabled");
    people.does("POST", "credentials/" + HOST + "/enable", "");

    web.credentials().scope(HOST, scope(Set.of("duckdns"), List.of(), null, false));
    assertRefused(login, "not for the front door dyndns2");
    assertThat(explained(",\"door\":\"duckdns\"")).contains("\"outcome\":\"updated\"");

    web.credentials()
        .scope(HOST, scope(Set.of(), List.of(AddressBlock.parse("198.51.100.0/24")), null, false));
    assertRefused(login, "cannot be used from 127.0.0.1");

    web.credentials().scope(HOST, scope(Set.of(), List.of(), null, true));
    assertRefused(login, "sent in clear");
    assertThat(explained(",\"tls\":\"1.3\"")).contains("\"outcome\":\"updated\"");

    web.credentials().scope(HOST, scope(Set.of(), List.of(), Instant.parse(END), false));
    assertThat(explained("")).contains("\"outcome\":\"updated\"");
    web.pass(Duration.ofDays(1));
    assertRefused(login, "expired at " + END);
  }
}
