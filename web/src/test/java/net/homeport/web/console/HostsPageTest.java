package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import net.homeport.web.WebAddressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;

@Timeout(60)
final class HostsPageTest {
  private ConsoleFixture console;

  @BeforeEach
  void open() throws WebAddressException {
    console = new ConsoleFixture();
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void showsWhatIsTrueOfEachHost() throws Exception {
    console.addZone("dyn.example.org");
    String secret = console.addHost("branch1.dyn.example.org");
    console.addHost("branch2.dyn.example.org");
    console.registry.addTo(
        "branch1.dyn.example.org", Name.fromString("shared.dyn.example.org."), 300);
    console.update("branch1.dyn.example.org", secret, "198.51.100.7", "2001:db8:0:0::7");
    console.clock.advance(Duration.ofMinutes(3));

    HttpResponse<String> page = console.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.body())
        .contains("1 zone", "3 hosts")
        .contains("<b>branch1</b>.dyn.example.org")
        .contains("<code>198.51.100.7</code><code>2001:db8::7</code>")
        .contains("datetime=\"2026-11-20T08:00:00Z\"")
        .contains("title=\"2026-11-20 08:00:00 UTC\"")
        .contains(">3 minutes ago</time>")
        .contains("branch1.dyn.example.org<small>")
        .contains("through dyndns2", "from <code>203.0.113.77</code>")
        .contains("not yet updated")
        .contains("<small>user branch1.dyn.example.org</small>")
        .contains("300 <abbr");
    assertThat(page.body()).doesNotContain("Sign out");
    assertThat(page.body().indexOf("data-name=\"branch1"))
        .isLessThan(page.body().indexOf("data-name=\"branch2"));
  }

  @Test
  void escapesWhateverIsLookedFor() throws Exception {
    console.addZone("dyn.example.org");
    console.addHost("branch1.dyn.example.org");
    String page = console.get("/?q=%22%3E%3Cimg%20src=x%3E").body();
    assertThat(page).doesNotContain("<img src=x").contains("&lt;img src=x&gt;");
  }

  @Test
  void tellsTheNewcomerTheNextCommands() throws Exception {
    assertThat(console.get("/").body())
        .contains("0 zones", "0 hosts")
        .contains("./homeport zone add dyn.example.org")
        .contains("./homeport host add branch1.dyn.example.org");

    console.addZone("2.0.192.in-addr.arpa");
    console.addZone("home.example.net");

    assertThat(console.get("/").body())
        .doesNotContain("zone add")
        .contains("./homeport host add branch1.home.example.net");
  }

  @Test
  void filtersByPartOfAName() throws Exception {
    console.addZone("dyn.example.org");
    console.addHost("branch1.dyn.example.org");
    console.addHost("camera.dyn.example.org");

    String page = console.get("/?q=%20CAM%20").body();
    assertThat(page)
        .contains("data-name=\"camera.dyn.example.org\"", "value=\"CAM\"", "1 host of 2")
        .doesNotContain("data-name=\"branch1");

    assertThat(console.get("/?q=nobody").body()).contains("No host matches “nobody”");
    assertThat(console.get("/?q=%E0%80").statusCode()).isEqualTo(400);
  }

  @Test
  void turnsPagesOfTwoHundred() throws Exception {
    console.addZone("dyn.example.org");
    for (int i = 0; i < 450; i++) {
      console.addHost("h%03d.dyn.example.org".formatted(i));
    }

    String first = console.get("/").body();
    assertThat(rows(first)).isEqualTo(200);
    assertThat(first)
        .contains("data-name=\"h000.", "data-name=\"h199.", "Hosts 1 to 200 of 450")
        .contains("Page 1 of 3", "href=\"/?page=2\"")
        .doesNotContain("Previous");

    String last = console.get("/?page=99&q=h").body();
    assertThat(rows(last)).isEqualTo(50);
    assertThat(last)
        .contains("data-name=\"h400.", "Page 3 of 3", "href=\"/?page=2&amp;q=h\"")
        .doesNotContain(">Next<");
  }

  private static long rows(String page) {
    return Pattern.compile("<tr role=\"row\" data-name=").matcher(page).results().count();
  }

  @Test
  void confinesTheBrowser() throws Exception {
    for (String path : new String[] {"/", "/login", "/assets/console.js", "/logout", "/events"}) {
      HttpResponse<String> answer =
          console.send(console.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .as(path)
          .hasValue(
              "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
                  + " img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }
    assertThat(console.get("/").body())
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=")
        .doesNotContain("http:", "https:");
  }

  @Test
  void knowsGetAndHeadOnly() throws Exception {
    HttpResponse<String> head =
        console.send(console.request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();

    HttpResponse<String> put =
        console.send(console.request("/").PUT(HttpRequest.BodyPublishers.noBody()));
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow")).hasValue("GET, HEAD");
    HttpResponse<String> logout = console.get("/logout");
    assertThat(logout.statusCode()).isEqualTo(405);
    assertThat(logout.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void leavesUnknownPathsToOthers() throws Exception {
    for (String path : new String[] {"/nothing", "/index.html", "/login/", "/events/x"}) {
      assertThat(console.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void saysSoWhenTheStoreCannotBeRead() throws Exception {
    console.addZone("dyn.example.org");
    console.addHost("branch1.dyn.example.org");
    console.history.makeUnreadable();

    HttpResponse<String> page = console.get("/");
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.headers().firstValue("Retry-After")).isPresent();
    assertThat(page.body()).contains("The hosts cannot be read now").doesNotContain("disk on fire");
    assertThat(console.get("/events").statusCode()).isEqualTo(503);
  }
}
