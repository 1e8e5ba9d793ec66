package net.homeport.web.api;

import static net.homeport.web.DoorClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.homeport.registry.credential.NameScope;
import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever gets a name after another one learns nothing of them, and pins nothing of theirs. */
final class FormerOwnerTest {
  private static final String HOST = "x1.dyn.example.org";

  private final ApiPeople people;
  private final WebFixture web;
  private final DoorClient device;

  FormerOwnerTest() throws Exception {
    web = WebFixture.start();
    people = new ApiPeople(web);
    device = new DoorClient(web);
  }

  @BeforeEach
  void accounts() throws Exception {
    people.account("Acme", "dyn.example.org");
    people.account("Bolt", "dyn.example.org");
    people.member("ann", "Acme", "operator");
    people.member("bob", "Bolt", "operator");
  }

  @AfterEach
  void close() {
    people.close();
    web.close();
  }

  private void report(String login, String address) throws Exception {
    device.get("/nic/update?hostname=" + HOST + "&myip=" + address, login);
  }

  /** A device of the house was there, with an attempt that was rejected; then Bolt has the name. */
  private void isBoltsNow() throws Exception {
    String password = web.host(HOST);
    String login = basic(HOST + ":" + password);
    report(login, "192.0.2.11");
    report(basic(HOST + ":wrong"), "192.0.2.12");
    web.pass(Duration.ofSeconds(1));
    assertThat(people.administrator("DELETE", "hosts/" + HOST, "").statusCode()).isEqualTo(200);
    web.pass(Duration.ofSeconds(1));
    String added =
        people
            .administrator(
                "POST",
                "hosts?reclaim=true",
                "{\"name\":\"%s\",\"account\":\"Bolt\"}".formatted(HOST))
            .body();
    assertThat(added).contains(HOST);
  }

  @Test
  void theHistoryOfAMemberBeginsWithTheirHost() throws Exception {
    isBoltsNow();
    String history = "history?name=" + HOST;
    for (String since : List.of("", "&since=2020-01-01T00:00:00Z")) {
      assertThat(people.by("bob", "GET", history + since, "").body())
          .isEqualTo("{\"changes\":[]}\n");
      assertThat(people.by("bob", "GET", history + "&rejected=true" + since, "").body())
          .startsWith("{\"rejected\":[],");
    }
    assertThat(people.administrator("GET", history, "").body()).contains("192.0.2.11");
    assertThat(people.administrator("GET", history + "&rejected=true", "").body())
        .contains("192.0.2.12");

    web.pass(Duration.ofSeconds(1));
    String secret =
        web.credential(
            "bolts",
            new NameScope.Listed(List.of(new NameScope.Entry(WebFixture.name(HOST), false))));
    report(basic("bolts:" + secret), "192.0.2.13");
    assertThat(people.by("bob", "GET", history, "").body())
        .contains("192.0.2.13")
        .doesNotContain("192.0.2.11");
    assertThat(people.by("bob", "GET", history + "&since=2099-01-01T00:00:00Z", "").body())
        .isEqualTo("{\"changes\":[]}\n");
  }

  @Test
  void aNameThatIsNoHostIsNobodysHistory() throws Exception {
    people.member("hal", "house", "owner");
    isBoltsNow();
    for (String name : List.of("nothing.dyn.example.org", "dyn.example.org", HOST)) {
      assertThat(people.by("hal", "GET", "history?name=" + name, "").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void theStatusOfAHostTellsOfNoChangeBeforeIt() throws Exception {
    isBoltsNow();
    for (String body :
        List.of(
            people.by("bob", "GET", "hosts/" + HOST, "").body(),
            people.by("bob", "GET", "hosts", "").body(),
            people.administrator("GET", "hosts/" + HOST, "").body())) {
      assertThat(body).contains(HOST).doesNotContain("changedAt").doesNotContain("changedBy");
    }
  }

  @Test
  void theExchangesOfAHostAreItsOwn() throws Exception {
    isBoltsNow();
    assertThat(people.by("bob", "GET", "hosts/" + HOST + "/exchanges", "").body())
        .contains("\"exchanges\":[]");
  }

  private int joins(String person, String name, String username) throws Exception {
    return people
        .by(
            person,
            "POST",
            "hosts",
            "{\"name\":\"%s\",\"username\":\"%s\"}".formatted(name, username))
        .statusCode();
  }

  @Test
  void nobodyPassesTheQuarantineOrPinsACredentialByJoiningOneOfTheAdministrators()
      throws Exception {
    people.does(
        "POST",
        "credentials",
        "{\"username\":\"shared-office\",\"scope\":{\"subtrees\":[\"dyn.example.org\"]}}");
    String name = "z.dyn.example.org";
    assertThat(joins("ann", name, "shared-office")).isEqualTo(403);
    assertThat(joins("bob", name, "shared-office")).isEqualTo(403);
    assertThat(people.administrator("DELETE", "credentials/shared-office", "").statusCode())
        .as("no host pins it")
        .isEqualTo(200);
    assertThat(joins("ann", name, "shared-office")).as("nor is told whether it is").isEqualTo(403);
  }

  @Test
  void aCredentialIsJoinedByHostsOfItsOwnAccount() throws Exception {
    String first = "a1.dyn.example.org";
    assertThat(people.by("ann", "POST", "hosts", "{\"name\":\"%s\"}".formatted(first)).statusCode())
        .isEqualTo(201);
    assertThat(joins("bob", "b.dyn.example.org", first)).isEqualTo(403);
    assertThat(joins("ann", "a2.dyn.example.org", first)).isEqualTo(201);
    people.does("PUT", "accounts/Bolt/members", "{\"person\":\"ann\",\"role\":\"operator\"}");
    assertThat(
            people
                .by(
                    "ann",
                    "POST",
                    "hosts",
                    "{\"name\":\"b.dyn.example.org\",\"account\":\"Bolt\",\"username\":\"%s\"}"
                        .formatted(first))
                .statusCode())
        .as("for another account that they manage, too")
        .isEqualTo(403);
  }
}
