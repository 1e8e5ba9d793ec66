package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import net.homeport.registry.host.Host;
import net.homeport.registry.site.AddressSource;
import net.homeport.registry.site.HostPlanText;
import net.homeport.registry.site.Uplink;
import net.homeport.web.WebAddressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;

/** Sites, for people. */
@Timeout(60)
final class SitePagesTest {
  private static final String ROUTER = "gw.dyn.example.org";

  private ConsoleFixture console;

  @BeforeEach
  void open() throws WebAddressException {
    console = new ConsoleFixture();
  }

  @AfterEach
  void close() {
    console.close();
  }

  private Host host(String text) throws Exception {
    return Objects.requireNonNull(console.registry.host(Name.fromString(text, Name.root)));
  }

  private String page(String path) throws Exception {
    HttpResponse<String> answer = console.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  @Test
  void withoutASiteItSaysHowToMakeOne() throws Exception {
    assertThat(page("/sites")).contains("0 sites", "./homeport site add branch1", "sites.md");
    assertThat(page("/")).contains("<a href=\"/sites\">Sites</a>");
  }

  @Test
  void showsSourcesUplinksAndHosts() throws Exception {
    console.addZone("dyn.example.org");
    String secret = console.addHost(ROUTER);
    console.addHost("cam.dyn.example.org");
    Name router = host(ROUTER).name();
    var since = console.clock.instant();
    console.sites.add("office");
    console.sites.change(
        "office",
        site ->
            site.with(new AddressSource("wan4", router, AddressSource.IPV4, -1, since))
                .with(new AddressSource("lan", router, "lan", -1, since))
                .with(new Uplink("fibre", 1, Duration.ofMinutes(15), ROUTER), -1)
                .with(new Uplink("lte", 1, Duration.ofMinutes(15), null), -1));
    console.sites.join(
        "office",
        host("cam.dyn.example.org"),
        HostPlanText.parse("wan4"),
        HostPlanText.parse("lan+::10"));
    console.device(
        "/nic/update?hostname=" + ROUTER + "&myip=198.51.100.7", ROUTER, secret, "curl/8");
    console.clock.advance(Duration.ofMinutes(2));

    assertThat(page("/sites"))
        .contains("1 site,", "<a href=\"/sites/office\"><b>office</b></a>")
        .contains("wan4 at fibre", "<code class=\"inline\">198.51.100.7</code>")
        .contains("<span class=\"line\">fibre</span>")
        .contains("data-label=\"Hosts\" class=\"number\">2<");
    assertThat(page("/sites/office"))
        .contains("<h1>office</h1>")
        .contains("<code>198.51.100.7</code>", "2 minutes ago", "never heard")
        .contains("the first uplink that is up is published")
        .contains("<a href=\"/hosts/cam.dyn.example.org\">cam.dyn.example.org</a>")
        .contains("data-label=\"IPv4 is\">wan4<", "data-label=\"IPv6 is\">lan+::10<")
        .contains("as its device reports");
    assertThat(page("/hosts/cam.dyn.example.org")).contains("<a href=\"/sites/office\">office</a>");
  }

  @Test
  void turnsPages() throws Exception {
    for (int i = 0; i < SitePages.ROWS_MAX + 1; i++) {
      console.sites.add("s%03d".formatted(i));
    }
    assertThat(page("/sites"))
        .contains("<b>s000</b>", "Page 1 of 2", "href=\"/sites?page=2\"")
        .doesNotContain("<b>s100</b>");
    assertThat(page("/sites?page=9"))
        .contains("<b>s100</b>", "Page 2 of 2")
        .doesNotContain("<b>s099</b>");
  }

  @Test
  void isForThoseWhoSeeTheHosts() throws Exception {
    console.sites.add("office");
    for (String path : List.of("/sites", "/sites/office", "/sites/other")) {
      HttpResponse<String> answer =
          console.send(console.request(path).header(ConsoleFixture.FORWARDED_FOR, "192.0.2.1"));
      assertThat(answer.statusCode()).as(path).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).hasValue("/login");
    }
    assertThat(console.get("/sites/other").statusCode()).isEqualTo(404);
    assertThat(console.get("/sites/office/x").statusCode()).isEqualTo(404);
    assertThat(console.get("/sites?q=%E0%80").statusCode()).isEqualTo(400);
  }
}
