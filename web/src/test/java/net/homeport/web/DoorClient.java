package net.homeport.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Speaks to the front doors octet by octet, and compares what comes back so. */
public record DoorClient(WebFixture web) {
  /** The Authorization header of {@code USER:PASSWORD}. */
  public static String basic(String credentials) {
    byte[] octets = credentials.getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(octets) + "\r\n";
  }

  /** GET with these header lines, each with its line break. */
  public String get(String pathAndQuery, String... headers) throws IOException {
    return web.raw(request("GET", pathAndQuery, headers));
  }

  /** Any method. */
  public static String request(String method, String pathAndQuery, String... headers) {
    return method
        + " "
        + pathAndQuery
        + " HTTP/1.1\r\nHost: ddns.example.org\r\n"
        + String.join("", headers)
        + "Connection: close\r\n\r\n";
  }

  /** A posted form. */
  public String post(String path, String form, String... headers) throws IOException {
    return web.raw(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: ddns.example.org\r\n"
            + String.join("", headers)
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + form.length()
            + "\r\nConnection: close\r\n\r\n"
            + form);
  }

  /** Status and body are these; the length is told, and nothing is chunked or redirected. */
  public static void assertAnswer(String answer, int status, String body) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").endsWith("\r\n\r\n" + body);
    assertThat(answer).contains("Content-Type: text/plain");
    assertThat(answer).contains("Content-Length: " + body.length() + "\r\n");
    assertThat(answer).doesNotContain("chunked").doesNotContain("Location:");
    if (status == 503) {
      assertThat(answer).containsPattern("Retry-After: [1-9]");
    }
  }
}
