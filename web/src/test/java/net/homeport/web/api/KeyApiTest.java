package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and explanations by the API. */
final class KeyApiTest {
  private static final String KEA =
      "{\"name\":\"kea\",\"rules\":[\"zone dyn.example.org subtree dyn.example.org type A,TXT\"]}";

  private final HttpClient http = HttpClient.newHttpClient();
  private WebFixture web;

  @SuppressWarnings("NullAway.Init") // before each test
  KeyApiTest() {}

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start("fixed A 192.0.2.9\n", _ -> {});
  }

  @AfterEach
  void stop() {
    http.close();
    web.close();
  }

  private HttpResponse<String> send(String method, String resource, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(web.url().resolve(ApiHandler.PREFIX + resource))
            .header("Authorization", "Bearer " + WebFixture.TOKEN)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  @Test
  void aKeyIsAddedShownRotatedAndRemoved() throws Exception {
    HttpResponse<String> added = send("POST", "keys", KEA);
    assertThat(added.statusCode()).isEqualTo(201);
    String secret = added.body().replaceAll("(?s).*\"secret\":\"([^\"]*)\".*", "$1");
    assertThat(secret).matches("[A-Za-z0-9+/]{43}=");
    assertThat(send("POST", "keys", KEA).statusCode()).isEqualTo(409);
    for (String resource : new String[] {"keys", "keys/kea"}) {
      assertThat(send("GET", resource, "").body())
          .contains("\"algorithm\":\"hmac-sha256\"", "type A,TXT operation add,delete")
          .doesNotContain(secret);
    }
    HttpResponse<String> rotated = send("POST", "keys/kea/rotate", "{\"overlapSeconds\":60}");
    assertThat(rotated.statusCode()).isEqualTo(200);
    assertThat(rotated.body())
        .contains("\"validUntil\":\"2026-11-20T12:01:00Z\"")
        .doesNotContain(secret);
    assertThat(send("POST", "keys/kea/disable", "").body()).contains("\"disabled\":true");
    assertThat(send("POST", "keys/kea/enable", "").body()).contains("\"disabled\":false");
    assertThat(send("POST", "keys/kea/rules", "{\"rule\":\"self\"}").body())
        .contains("\"number\":2", "\"rule\":\"self type ");
    assertThat(send("DELETE", "keys/kea/rules?number=1", "").body())
        .doesNotContain("\"number\":1,");
    assertThat(send("DELETE", "keys/kea/rules?number=1", "").statusCode()).isEqualTo(404);
    assertThat(send("DELETE", "keys/kea", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "keys/kea", "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{} | not the name of a key",
        "{\"name\":\"k\",\"algorithm\":\"hmac-sha3\"} | there are hmac-sha256, hmac-sha512",
        "{\"name\":\"k\",\"algorithm\":\"hmac-md5\"} | --allow-md5",
        "{\"name\":\"k\",\"secret\":\"TOPSECRET!\"} | not Base64",
        "{\"name\":\"k\",\"secret\":\"VE9Q\"} | 3 octets",
        "{\"name\":\"k\",\"rules\":[\"zone a.test\"]} | says no names",
        "{\"name\":\"k\",\"publicKey\":\"x\"} | KEY record",
        "{\"name\":\"k\",\"publicKey\":\"512 3 15 AAAA\",\"secret\":\"AAAA\"} | leave both out",
        "{\"name\":\"k\",\"publicKey\":\"49152 3 15\"} | holds no key",
        "{\"name\":\"k\",\"publicKey\":\"512 3 5 AAAA\"} | algorithm 5",
      })
  void aKeyThatCannotBeAddedIsExplained(String body, String words) throws Exception {
    HttpResponse<String> answer = send("POST", "keys", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(words).doesNotContain("TOPSECRET");
    assertThat(send("GET", "keys", "").body()).contains("\"keys\":[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "add h.dyn.example.org 60 A 192.0.2.1 | true | NOERROR | h.dyn.example.org A: nothing -> 60 [192.0.2.1]",
        "add h.dyn.example.org 60 MX 1 x. | false | REFUSED | does not list the type MX",
        "delete fixed.dyn.example.org A | false | REFUSED | a static record would change",
        "prereq yxdomain h.dyn.example.org | false | NXDOMAIN | a prerequisite is not met",
        "delete h.dyn.example.org | true | NOERROR | like that already",
        "add h.example.net 60 A 192.0.2.1 | false | NOTZONE | does not lie in the zone",
        "prereq nxdomain h.example.net | false | NOTZONE | does not lie in the zone",
        "zone h.dyn.example.org | false | NOTAUTH | lies in the zone dyn.example.org",
      })
  void anUpdateIsExplained(String line, boolean passes, String rcode, String words)
      throws Exception {
    send("POST", "keys", KEA);
    String question =
        "{\"key\":\"kea\",\"zone\":\"dyn.example.org\",\"lines\":[\"%s\"]}".formatted(line);
    HttpResponse<String> answer = send("POST", "explain/update", question);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"passes\":" + passes, "\"rcode\":\"" + rcode + "\"", words);
    assertThat(web.addresses("h.dyn.example.org")).isEmpty();
  }

  @Test
  void aQuestionThatMakesNoSenseIsExplained() throws Exception {
    send("POST", "keys", KEA);
    assertThat(send("POST", "explain/update", "{\"key\":\"none\"}").statusCode()).isEqualTo(404);
    assertThat(send("POST", "explain/update", "{\"key\":\"kea\"}").body()).contains("which zone");
    assertThat(send("POST", "explain/update", "{\"key\":\"kea\",\"lines\":[\"add a..b\"]}").body())
        .contains("line 1, 'add a..b': 'a..b' is not a domain name");
    assertThat(send("POST", "explain/update", "{\"key\":\"kea\",\"from\":\"x\"}").statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "explain/zone", "{}").statusCode()).isEqualTo(404);
  }
}
