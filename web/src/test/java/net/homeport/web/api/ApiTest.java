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

final class ApiTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start("fixed A 192.0.2.9\nsub NS ns.elsewhere.example.", _ -> {});
  }

  @AfterEach
  void stop() {
    http.close();
    web.close();
  }

  private HttpResponse<String> send(String method, String resource, String body) throws Exception {
    return send(method, resource, body, "Bearer " + WebFixture.TOKEN);
  }

  private HttpResponse<String> send(
      String method, String resource, String body, String authorization) throws Exception {
    var request =
        HttpRequest.newBuilder(web.url().resolve(ApiHandler.PREFIX + resource))
            .header("Authorization", authorization)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  @Test
  void aZoneIsAddedShownAndRemoved() throws Exception {
    assertThat(send("POST", "zones", "{\"name\":\"example.net\"}").statusCode()).isEqualTo(201);
    assertThat(send("GET", "zones", "").body())
        .contains("\"name\":\"dyn.example.org\"", "\"name\":\"example.net\"");
    assertThat(send("GET", "zones/example.net", "").body()).contains("\"serial\":1795176000");
    assertThat(send("POST", "zones", "{\"name\":\"example.net\"}").statusCode()).isEqualTo(409);
    assertThat(send("DELETE", "zones/example.net", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "zones/example.net", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aZoneFileIsTakenWholeOrNotAtAll() throws Exception {
    String start = "@ 60 SOA ns hostmaster 1 2 3 4 5\n@ 60 NS ns\n";
    assertThat(send("PUT", "zones/example.net", start + "ns 60 A 192.0.2.1\n").body())
        .contains("\"names\":2");
    HttpResponse<String> answer = send("PUT", "zones/example.com", start + "ns 60 A 192.0.2.999\n");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("3");
    assertThat(send("GET", "zones/example.com", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aZoneIsExportedAndImportedAgain() throws Exception {
    HttpResponse<String> text = send("GET", "zones/dyn.example.org/text", "");
    assertThat(text.headers().firstValue("Content-Type")).contains("text/dns");
    assertThat(text.body()).contains("$ORIGIN dyn.example.org.\n", "ns1", "192.0.2.1\n");
    String more = text.body() + "mail A 192.0.2.25\n";
    assertThat(send("PUT", "zones/dyn.example.org/text?dry-run=true", more).body())
        .contains("\"namesAdded\":1", "\"dryRun\":true", "\"serial\":100,");
    assertThat(web.addresses("mail.dyn.example.org")).isEmpty();
    assertThat(send("PUT", "zones/dyn.example.org/text", more).body())
        .contains("\"namesAdded\":1", "\"dryRun\":false", "\"serial\":101,");
    assertThat(web.addresses("mail.dyn.example.org")).containsExactly("192.0.2.25");
    assertThat(send("PUT", "zones/dyn.example.org/text", "@ A x\n").body())
        .contains("zone file:1:5: ");
    assertThat(send("GET", "zones/none.example/text", "").statusCode()).isEqualTo(404);
    assertThat(send("PUT", "zones/none.example/text", more).statusCode()).isEqualTo(404);
    assertThat(send("GET", "zones/dyn.example.org/nothing", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aZoneFileMayBeLarge() throws Exception {
    var text = new StringBuilder("@ 60 SOA ns hostmaster 1 2 3 4 5\n@ 60 NS ns\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("host").append(i).append(" 60 A 192.0.2.1\n");
    }
    assertThat(send("PUT", "zones/example.net", text.toString()).body())
        .contains("\"names\":20001");
  }

  @Test
  void aHostIsAddedUpdatedShownAndRemoved() throws Exception {
    HttpResponse<String> added = send("POST", "hosts", "{\"name\":\"branch1.dyn.example.org\"}");
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.body())
        .contains("\"host\":\"branch1.dyn.example.org\"")
        .contains("\"username\":\"branch1.dyn.example.org\"")
        .containsPattern("\"password\":\"[a-z0-9]{26}\"");
    assertThat(send("GET", "hosts/branch1.dyn.example.org", "").body())
        .contains("\"addresses\":[]")
        .doesNotContain("password");
    assertThat(send("POST", "hosts", "{\"name\":\"branch1.dyn.example.org\"}").statusCode())
        .isEqualTo(409);
    assertThat(send("DELETE", "zones/dyn.example.org", "").body()).contains("1 hosts live");
    assertThat(send("DELETE", "hosts/branch1.dyn.example.org", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "hosts", "").body()).contains("\"hosts\":[]");
  }

  @Test
  void lettersBeyondAsciiAreThoseOfDns() throws Exception {
    HttpResponse<String> added = send("POST", "hosts", "{\"name\":\"bücher.dyn.example.org\"}");
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.body())
        .contains("\"host\":\"xn--bcher-kva.dyn.example.org\"")
        .contains("\"username\":\"xn--bcher-kva.dyn.example.org\"");
    assertThat(send("GET", "hosts/b%C3%BCcher.dyn.example.org", "").statusCode()).isEqualTo(200);
    assertThat(send("POST", "hosts", "{\"name\":\"XN--BCHER-KVA.dyn.example.org\"}").statusCode())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a..b\"} | 400 | not a domain name",
        "{\"name\":\"<b>.dyn.example.org\"} | 400 | not a host name",
        "{\"name\":\"a b.dyn.example.org\"} | 400 | not a host name",
        "{\"name\":\"foo\"} | 404 | lies in no zone of this server",
        "{\"name\":\"*.dyn.example.org\"} | 400 | a wildcard is no host",
        "{\"name\":\"x.example.com\"} | 404 | no zone for the host",
        "{\"name\":\"fixed.dyn.example.org\"} | 409 | static A record",
        "{\"name\":\"x.sub.dyn.example.org\"} | 409 | delegation of sub",
        "{\"name\":\"x.dyn.example.org\",\"username\":\"nobody\"} | 404 | no such credential",
        "{\"name\":\"x.dyn.example.org\",\"ttl\":-1} | 400 | not a TTL",
        "{} | 400 | not a domain name",
        "[] | 400 | not the JSON expected",
        "{\"name\": | 400 | not the JSON expected",
      })
  void aHostThatCannotBeAddedIsExplained(String body, int status, String words) throws Exception {
    HttpResponse<String> answer = send("POST", "hosts", body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  @Test
  void nothingWithoutTheToken() throws Exception {
    for (String authorization : new String[] {"Bearer guess", "Basic x", "Bearer "}) {
      HttpResponse<String> answer = send("GET", "status", "", authorization);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(answer.body()).doesNotContain("zones\":");
    }
    assertThat(send("GET", "status", "").body()).contains("\"zones\":1", "\"hosts\":0");
    assertThat(send("GET", "nothing", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aLongListComesInParts() throws Exception {
    for (String label : new String[] {"c", "a", "b", "a.a"}) {
      send("POST", "hosts", "{\"name\":\"" + label + ".dyn.example.org\"}");
    }
    assertThat(send("GET", "hosts", "").body())
        .containsSubsequence("\"a.dyn", "\"a.a.dyn", "\"b.dyn", "\"c.dyn")
        .doesNotContain("\"next\"");
    assertThat(send("GET", "hosts?limit=2", "").body())
        .containsSubsequence("\"host\":\"a.dyn", "\"host\":\"a.a.dyn")
        .contains("\"next\":\"a.a.dyn.example.org\"")
        .doesNotContain("\"host\":\"b.");
    assertThat(send("GET", "hosts?limit=2&after=a.a.dyn.example.org", "").body())
        .containsSubsequence("\"host\":\"b.dyn", "\"host\":\"c.dyn")
        .doesNotContain("\"next\"", "\"host\":\"a.");
    assertThat(send("GET", "hosts?after=b.dyn.example.org", "").body())
        .contains("\"host\":\"c.dyn")
        .doesNotContain("\"host\":\"b.", "\"next\"");
    assertThat(send("GET", "credentials?limit=3", "").body())
        .containsSubsequence("\"a.a.dyn", "\"a.dyn", "\"b.dyn")
        .contains("\"next\":\"b.dyn.example.org\"")
        .doesNotContain("\"c.dyn");
    assertThat(send("GET", "credentials?limit=3&after=b.dyn.example.org", "").body())
        .contains("\"c.dyn")
        .doesNotContain("\"b.dyn", "\"next\"");
    for (String wrong : new String[] {"limit=0", "limit=10001", "limit=x", "after=a..b"}) {
      assertThat(send("GET", "hosts?" + wrong, "").statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(send("GET", "credentials?limit=0", "").body()).contains("limit: '0' is not");
  }
}
