package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.web.WebAddressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class AssetHandlerTest {
  private ConsoleFixture console;

  @BeforeEach
  void open() throws WebAddressException {
    console = new ConsoleFixture();
  }

  @AfterEach
  void close() {
    console.close();
  }

  @ParameterizedTest
  @CsvSource({
    "console.css, text/css;charset=utf-8",
    "console.js, text/javascript;charset=utf-8",
    "homeport.svg, image/svg+xml"
  })
  void servesWithAnEntityTag(String name, String contentType) throws Exception {
    HttpResponse<String> asset = console.get("/assets/" + name);
    assertThat(asset.statusCode()).isEqualTo(200);
    assertThat(asset.body()).isNotBlank();
    assertThat(asset.headers().firstValue("Content-Type")).hasValue(contentType);
    assertThat(asset.headers().firstValue("Cache-Control")).hasValue("no-cache");
    String tag = asset.headers().firstValue("ETag").orElse("");
    assertThat(tag).matches("\"[0-9a-f]{16}\"");

    for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      HttpResponse<String> again =
          console.send(console.request("/assets/" + name).header("If-None-Match", known));
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.headers().firstValue("ETag")).hasValue(tag);
      assertThat(again.body()).isEmpty();
    }
    HttpResponse<String> other =
        console.send(console.request("/assets/" + name).header("If-None-Match", "\"other\""));
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @Test
  void whatAPageLinksToIsKeptForever() throws Exception {
    Matcher links =
        Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"").matcher(console.get("/").body());
    int found = 0;
    while (links.find()) {
      HttpResponse<String> asset = console.get(links.group(1));
      assertThat(asset.statusCode()).isEqualTo(200);
      assertThat(asset.headers().firstValue("Cache-Control"))
          .hasValue("public, max-age=31536000, immutable");
      found++;
    }
    assertThat(found).isGreaterThanOrEqualTo(3);
    assertThat(
            console
                .get("/assets/console.css?v=0123456789abcdef")
                .headers()
                .firstValue("Cache-Control"))
        .hasValue("no-cache");
  }

  @Test
  void needsNoLogin() throws Exception {
    HttpResponse<String> asset =
        console.send(
            console
                .request("/assets/console.css")
                .header(ConsoleFixture.FORWARDED_FOR, "192.0.2.1")
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(asset.statusCode()).isEqualTo(200);
    assertThat(asset.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/assets/", "/assets", "/assets/ConsoleHandlers.class", "/assets/a/console.css"})
  void nothingElseOfTheClassPathIsThere(String path) throws Exception {
    assertThat(console.get(path).statusCode()).isEqualTo(404);
  }
}
