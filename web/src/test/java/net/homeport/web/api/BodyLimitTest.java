package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much may be sent at once; what is more is told so, and is not read. */
final class BodyLimitTest {
  private static final String HOST = "a.dyn.example.org";

  private final WebFixture web;
  private final ApiPeople people;

  BodyLimitTest() throws Exception {
    web = WebFixture.start();
    people = new ApiPeople(web);
  }

  @BeforeEach
  void accounts() throws Exception {
    people.account("Acme", "dyn.example.org");
    people.member("ann", "Acme", "viewer");
    people.member("oda", "Acme", "owner");
    people.does("POST", "hosts", "{\"name\":\"%s\",\"account\":\"Acme\"}".formatted(HOST));
  }

  @AfterEach
  void close() {
    people.close();
    web.close();
  }

  private String head(String authorization, String operation, String framing) {
    return operation.replace(" ", " /api/v1/").replace("HOST", HOST)
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
        + authorization
        + "\r\n"
        + framing
        + "\r\n\r\n";
  }

  /** Nothing of the body is sent, so whoever waits for it does not answer. */
  private String announced(String authorization, String operation, long octets) throws Exception {
    return web.raw(head(authorization, operation, "Content-Length: " + octets));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT hosts/HOST/liveness,1048576",
    "PUT hosts/HOST/ports,1048576",
    "PATCH hosts/HOST,1048576",
    "POST hosts,1048576",
    "POST enrolments,1048576",
    "POST explain/request,1048576",
    "PUT accounts/Acme/members,1048576",
    "POST host-imports,1048576"
  })
  void nothingOfABodyThatIsTooLongIsReadForAMember(String operation, long most) throws Exception {
    assertThat(announced(people.bearer("ann"), operation, most + 1))
        .startsWith("HTTP/1.1 413 ")
        .contains("Connection: close", "at most %,d octets".formatted(most));
  }

  @ParameterizedTest
  @CsvSource({"POST credentials/HOST/rotate", "PUT credentials/HOST/scope"})
  void aViewersBodyIsNotReadWhereTheirRoleIsTooLittle(String operation) throws Exception {
    assertThat(announced(people.bearer("ann"), operation, 1 << 20)).startsWith("HTTP/1.1 403 ");
    assertThat(announced(people.bearer("oda"), operation, (1 << 20) + 1))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void noMoreThanTheLimitIsReadOfABodyWhoseLengthIsNotTold() throws Exception {
    int octets = ApiRequest.JSON_OCTETS_MAX + 1;
    // It is one chunk of two: whoever wants more waits for it.
    String answer =
        web.raw(
            head(people.bearer("ann"), "POST hosts", "Transfer-Encoding: chunked")
                + Integer.toHexString(octets)
                + "\r\n"
                + " ".repeat(octets));
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("the body is too long");
  }

  @Test
  void aBodyOfTheGreatestLengthIsTaken() throws Exception {
    String labels = "{\"labels\":{\"a\":\"b\"}}";
    String padded = " ".repeat(ApiRequest.JSON_OCTETS_MAX - labels.length()) + labels;
    assertThat(people.by("oda", "PATCH", "hosts/" + HOST, padded).statusCode()).isEqualTo(200);
  }

  @Test
  void manyHostsAndLongTextsMayBeLonger() throws Exception {
    String hosts = "{\"hosts\":[{\"name\":\"b.dyn.example.org\",\"account\":\"Acme\"}]}";
    HttpResponse<String> imported =
        people.by(
            "oda", "POST", "host-imports", " ".repeat(ApiRequest.JSON_OCTETS_MAX * 2) + hosts);
    assertThat(imported.body()).contains("\"outcome\":\"added\"");
    assertThat(
            announced(
                people.bearer("oda"), "POST host-imports", HostImportResource.OCTETS_MAX + 1L))
        .startsWith("HTTP/1.1 413 ");
    String zone = "@ 60 SOA ns hostmaster 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\n";
    people.does("PUT", "zones/example.net", zone + ";\n".repeat(ApiRequest.JSON_OCTETS_MAX));
    assertThat(
            announced(
                "Bearer " + WebFixture.TOKEN,
                "PUT zones/example.com",
                ApiRequest.TEXT_OCTETS_MAX + 1L))
        .startsWith("HTTP/1.1 413 ");
  }
}
