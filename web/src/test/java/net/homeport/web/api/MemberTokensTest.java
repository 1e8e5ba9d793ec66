package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that is limited does not do to its person what it may not do to their hosts. */
final class MemberTokensTest {
  private final WebFixture web;
  private final ApiPeople people;
  private long whole;

  MemberTokensTest() throws Exception {
    web = WebFixture.start();
    people = new ApiPeople(web);
  }

  @BeforeEach
  void tokens() throws Exception {
    people.account("Acme", "dyn.example.org");
    people.member("ann", "Acme", "owner");
    whole = people.token("whole", "ann", "{\"label\":\"whole\"}");
  }

  @AfterEach
  void close() {
    people.close();
    web.close();
  }

  private int removes(String token, long id) throws Exception {
    return people.by(token, "DELETE", "people/ann/tokens?id=" + id, "").statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\":\"viewer\"}",
        "{\"role\":\"administrator\"}",
        "{\"account\":\"Acme\"}",
        "{\"role\":\"operator\",\"account\":\"Acme\"}"
      })
  void aLimitedTokenRemovesItselfAndNoOther(String limit) throws Exception {
    long limited = people.token("limited", "ann", limit);
    assertThat(removes("limited", whole)).isEqualTo(403);
    assertThat(removes("limited", 999_999)).isEqualTo(403);
    assertThat(people.by("whole", "GET", "people/ann", "").body()).contains("\"whole\"");
    assertThat(removes("limited", limited)).isEqualTo(200);
    assertThat(people.by("limited", "GET", "people/ann", "").statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenThatIsNotLimitedRemovesOthers() throws Exception {
    long limited = people.token("limited", "ann", "{\"role\":\"viewer\"}");
    long brief = people.token("brief", "ann", "{\"days\":1}");
    assertThat(removes("brief", limited)).isEqualTo(200);
    assertThat(removes("whole", brief)).isEqualTo(200);
    assertThat(people.by("limited", "GET", "people/ann", "").statusCode()).isEqualTo(401);
  }
}
