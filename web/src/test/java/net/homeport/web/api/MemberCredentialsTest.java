package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members look after the credentials of their account, and never learn of others'. */
final class MemberCredentialsTest {
  private static final String OURS = "a.dyn.example.org";
  private static final String THEIRS = "b.dyn.example.org";

  private final WebFixture web;
  private final ApiPeople people;

  MemberCredentialsTest() throws Exception {
    web = WebFixture.start();
    people = new ApiPeople(web);
  }

  @BeforeEach
  void accounts() throws Exception {
    people.account("Acme", "dyn.example.org");
    people.account("Bolt", "dyn.example.org");
    people.member("ann", "Acme", "owner");
    people.member("bob", "Bolt", "owner");
    people.does("POST", "hosts", "{\"name\":\"%s\",\"account\":\"Acme\"}".formatted(OURS));
    people.does("POST", "hosts", "{\"name\":\"%s\",\"account\":\"Bolt\"}".formatted(THEIRS));
  }

  @AfterEach
  void close() {
    people.close();
    web.close();
  }

  private int ann(String method, String path, String body) throws Exception {
    return people.by("ann", method, path, body).statusCode();
  }

  private void credential(String username, String scope) throws Exception {
    people.does(
        "POST", "credentials", "{\"username\":\"%s\",\"scope\":%s}".formatted(username, scope));
  }

  @Test
  void whatMayChangeAnothersHostIsNobodysButTheAdministrators() throws Exception {
    credential("both", "{\"hosts\":[\"%s\",\"%s\"]}".formatted(OURS, THEIRS));
    credential("all", "{\"subtrees\":[\"dyn.example.org\"]}");
    credential("ours", "{\"hosts\":[\"%s\"]}".formatted(OURS));
    for (String hidden : new String[] {"both", "all", THEIRS, "nothing"}) {
      assertThat(ann("GET", "credentials/" + hidden, "")).as(hidden).isEqualTo(404);
      assertThat(ann("POST", "credentials/" + hidden + "/rotate", "{}")).isEqualTo(404);
      assertThat(ann("DELETE", "credentials/" + hidden, "")).isEqualTo(404);
    }
    assertThat(people.by("ann", "GET", "credentials", "").body())
        .contains("\"ours\"", OURS)
        .doesNotContain("\"both\"", "\"all\"", THEIRS);
    assertThat(ann("GET", "credentials?host=" + THEIRS, "")).isEqualTo(404);
    assertThat(ann("POST", "credentials/ours/rotate", "{}")).isEqualTo(200);
  }

  /** A subtree in which another account may have a host tomorrow is not an account's to hold. */
  @Test
  void aSubtreeIsAnAccountsIfNoOtherMayHaveHostsThere() throws Exception {
    people.does("POST", "accounts/Acme/names", "{\"name\":\"acme.dyn.example.org\"}");
    people.does("POST", "hosts", "{\"name\":\"c.acme.dyn.example.org\",\"account\":\"Acme\"}");
    credential("office", "{\"subtrees\":[\"acme.dyn.example.org\"]}");
    assertThat(ann("GET", "credentials/office", "")).isEqualTo(404);
    people.does("DELETE", "accounts/Bolt/names?name=dyn.example.org", "");
    assertThat(ann("GET", "credentials/office", "")).isEqualTo(200);
    people.does("POST", "accounts/Bolt/names", "{\"name\":\"b.acme.dyn.example.org\"}");
    assertThat(ann("GET", "credentials/office", "")).isEqualTo(404);
  }

  /** What an account said of a subtree is about its own hosts, whoever gets the names later. */
  @Test
  void aSubtreeOfAnAccountNeverCoversTheHostsOfTheNextOne() throws Exception {
    String host = "c.acme.dyn.example.org";
    String add = "{\"name\":\"%s\",\"account\":\"%s\"}";
    people.does("DELETE", "accounts/Bolt/names?name=dyn.example.org", "");
    people.does("POST", "hosts", add.formatted(host, "Acme"));
    String added =
        people.does(
            "POST",
            "credentials",
            "{\"username\":\"office\",\"scope\":{\"hosts\":[\"%s\"]}}".formatted(host));
    String secret = added.replaceFirst("(?s).*\"secret\":\"([^\"]+)\".*", "$1");
    assertThat(ann("PUT", "credentials/office/scope", "{\"subtrees\":[\"acme.dyn.example.org\"]}"))
        .isEqualTo(200);
    var device = new DoorClient(web);
    String update = "/nic/update?myip=192.0.2.7&hostname=" + host;
    assertThat(device.get(update, DoorClient.basic("office:" + secret))).contains("good 192.0.2.7");
    people.does("DELETE", "hosts/" + host, "");
    people.does("DELETE", "accounts/Acme/names?name=dyn.example.org", "");
    people.does("POST", "accounts/Bolt/names", "{\"name\":\"dyn.example.org\"}");
    people.does("POST", "hosts?reclaim=true", add.formatted(host, "Bolt"));
    assertThat(device.get(update, DoorClient.basic("office:" + secret))).contains("nohost");
  }

  @Test
  void noMemberMakesACredentialChangeMoreThanTheirHosts() throws Exception {
    credential("ours", "{\"hosts\":[\"%s\"]}".formatted(OURS));
    String before = people.does("GET", "credentials/ours", "");
    for (String scope :
        new String[] {
          "{\"hosts\":[\"%s\",\"%s\"]}".formatted(OURS, THEIRS),
          "{\"subtrees\":[\"dyn.example.org\"]}",
          "{\"hosts\":[\"nothing.dyn.example.org\"]}",
          "{\"site\":\"head-office\"}"
        }) {
      assertThat(ann("PUT", "credentials/ours/scope", scope)).as(scope).isEqualTo(403);
    }
    assertThat(people.does("GET", "credentials/ours", "")).isEqualTo(before);
    assertThat(
            ann(
                "PUT",
                "credentials/ours/scope",
                "{\"hosts\":[\"%s\"],\"requiresTls\":true}".formatted(OURS)))
        .isEqualTo(200);
  }

  @Test
  void explanationsCodesAndFreedNamesAreOfOwnHostsOnly() throws Exception {
    String question = "{\"host\":\"%s\",\"addresses\":[\"192.0.2.1\"],\"username\":\"%s\"}";
    assertThat(ann("POST", "explain/request", question.formatted(OURS, OURS))).isEqualTo(200);
    assertThat(ann("POST", "explain/request", question.formatted(THEIRS, THEIRS))).isEqualTo(404);
    assertThat(ann("POST", "explain/request", question.formatted(OURS, THEIRS))).isEqualTo(404);
    assertThat(ann("POST", "explain/update", "{}")).isEqualTo(403);
    assertThat(ann("POST", "enrolments", "{\"host\":\"%s\"}".formatted(OURS))).isEqualTo(201);
    assertThat(ann("POST", "enrolments", "{\"host\":\"%s\"}".formatted(THEIRS))).isEqualTo(404);
    people.does("DELETE", "hosts/" + OURS, "");
    people.does("DELETE", "hosts/" + THEIRS, "");
    assertThat(people.by("ann", "GET", "quarantine", "").body())
        .contains(OURS)
        .doesNotContain(THEIRS);
  }

  @Test
  void aPageHoldsWhatIsTheirsAmongManyOthers() throws Exception {
    for (int i = 0; i < 20; i++) {
      credential("other" + i, "{\"hosts\":[\"%s\"]}".formatted(THEIRS));
    }
    credential("ours", "{\"hosts\":[\"%s\"]}".formatted(OURS));
    assertThat(people.by("ann", "GET", "credentials?limit=1", "").body())
        .contains("\"username\":\"%s\"".formatted(OURS), "\"next\":\"%s\"".formatted(OURS))
        .doesNotContain("other", "\"ours\"");
    assertThat(people.by("ann", "GET", "credentials?limit=1&after=" + OURS, "").body())
        .contains("\"ours\"")
        .doesNotContain("other", "\"next\"");
  }
}
