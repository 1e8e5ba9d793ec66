package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.NewCredential;
import net.homeport.registry.liveness.LivenessAction;
import net.homeport.registry.liveness.LivenessSettings;
import net.homeport.registry.liveness.LivenessState;
import net.homeport.registry.restriction.HostBlock;
import net.homeport.registry.restriction.PolicyScope;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.site.AddressSource;
import net.homeport.registry.site.HostPlanText;
import net.homeport.registry.site.Uplink;
import net.homeport.zone.address.AddressBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What the device sent, what it was told, and what follows, for people. */
@Timeout(60)
final class HostPageTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String PAGE = "/hosts/" + HOST;

  private ConsoleFixture console;
  private String secret;

  @BeforeEach
  void open() throws Exception {
    console = new ConsoleFixture();
    console.addZone("dyn.example.org");
    secret = console.addHost(HOST);
  }

  @AfterEach
  void close() {
    console.close();
  }

  private static Name name(String text) throws Exception {
    return Name.fromString(text, Name.root);
  }

  private Host host(String text) throws Exception {
    return Objects.requireNonNull(console.registry.host(name(text)));
  }

  private String page(String path) throws Exception {
    HttpResponse<String> answer = console.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private void says(String query, String userAgent) throws Exception {
    console.device("/nic/update?hostname=" + HOST + query, HOST, secret, userAgent);
  }

  @Test
  void theTableLeadsToIt() throws Exception {
    assertThat(console.get("/").body()).contains("<a href=\"" + PAGE + "\">");
  }

  @Test
  void beforeTheFirstUpdateItSaysWhatToSetInTheDevice() throws Exception {
    HttpResponse<String> answer = console.get(PAGE);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.body())
        .contains("<h1>" + HOST + "</h1>")
        .contains("no address was ever published")
        .contains("Never heard")
        .contains("every 35 days, for none of the clients that are known waits longer")
        .contains("http://127.0.0.1:" + console.port() + "/nic/update?hostname=" + HOST)
        .contains("/update?domains=" + HOST + "&amp;token=PASSWORD")
        .contains("how you reached it from its own machine")
        .contains("docs/guides/a-device.md")
        .doesNotContain(secret, "<details");
    String proxied =
        console
            .send(
                console
                    .request(PAGE)
                    .header("Cookie", signedIn())
                    .header("X-Forwarded-Proto", "https"))
            .body();
    assertThat(proxied).contains("https://127.0.0.1:" + console.port() + "/nic/update?hostname=");
  }

  private String signedIn() throws Exception {
    return console
        .signIn("192.0.2.1", ConsoleFixture.TOKEN)
        .headers()
        .firstValue("Set-Cookie")
        .orElse("")
        .replaceFirst(";.*", "");
  }

  @Test
  void showsWhatTheDeviceSentWhatItWasToldAndWhatItUnderstands() throws Exception {
    says("&myip=198.51.100.7&password=" + secret, "inadyn/2.10.0");
    console.clock.advance(Duration.ofMinutes(3));
    console.device("/nic/update?hostname=" + HOST, HOST, "a-wrong-one", "inadyn/2.10.0");
    console.clock.advance(Duration.ofMinutes(1));

    String page = page(PAGE);

    assertThat(page)
        .contains("<code class=\"address\">198.51.100.7</code>")
        .contains("as its device reports")
        .contains("GET /nic/update?hostname=" + HOST + "&amp;myip=198.51.100.7&amp;password=***")
        .contains("<code>203.0.113.77</code> through dyndns2, in clear")
        .contains("inadyn, which calls itself <code>inadyn/2.10.0</code>")
        .contains("<code>200 OK</code> <code class=\"body\">good 198.51.100.7</code>")
        .contains("<code>401 Unauthorized</code> <code class=\"body\">badauth</code>")
        .contains("its credentials are wrong: its process ends")
        .contains("It did not prove that it may change this host.")
        .contains("Alive: it was heard when it was expected.")
        .contains("every 30 days, as is the habit of: inadyn")
        .contains("<details")
        .doesNotContain(secret, "a-wrong-one");
    assertThat(page.indexOf("badauth")).isLessThan(page.indexOf("good 198.51.100.7"));
  }

  @Test
  void escapesWhateverADeviceSays() throws Exception {
    says(
        "&myip=198.51.100.7&system=%3Cimg%20src=x%20onerror=alert(1)%3E",
        "<script>alert(document.cookie)</script>\"onmouseover=x");
    console.device(
        "/nic/update?hostname=" + HOST + "&myip=%3Cscript%3Ealert(2)%3C/script%3E",
        HOST,
        secret,
        "curl/8");

    assertThat(page(PAGE))
        .contains("&lt;script&gt;alert(document.cookie)&lt;/script&gt;")
        .doesNotContain("<script", "<img src=x", "<style")
        .doesNotContainPattern("\\sstyle=|<[^>]*\\son[a-z]+=");
  }

  @Test
  void theReasonOfABlockIsEscapedToo() throws Exception {
    console.standings.block(
        new HostBlock(name(HOST), "<b>abuse</b>", "eve<i>", console.clock.instant()));
    assertThat(page(PAGE))
        .contains("Blocked by eve&lt;i&gt; on 2026-11-20 08:00:00 UTC: &lt;b&gt;abuse&lt;/b&gt;")
        .contains("./homeport host unblock " + HOST);
    says("&myip=198.51.100.7", "curl/8");
    assertThat(page(PAGE)).contains("The last request was blocked on");
  }

  /** As hosts of older versions may be called. */
  @Test
  void aNameThatAPathCannotHoldHasAPageToo() throws Exception {
    assertThat(HostPages.link("a\\(b/c\\\"d.dyn.example.org"))
        .isEqualTo("/hosts/?name=a%5C%28b%2Fc%5C%22d.dyn.example.org");
    assertThat(page("/hosts/?name=" + HOST)).contains("<h1>" + HOST + "</h1>");
  }

  @Test
  void aHostThatIsNotThereIsNotFound() throws Exception {
    for (String path :
        List.of("/hosts/other.dyn.example.org", "/hosts/", "/hosts", PAGE + "/x", "/hosts/a..b")) {
      HttpResponse<String> answer = console.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).contains("No such host");
    }
    console.registry.remove(name(HOST));
    assertThat(console.get(PAGE).statusCode()).isEqualTo(404);
  }

  @Test
  void aStrangerLearnsOfNoNameWhetherItIsAHost() throws Exception {
    for (String path : List.of(PAGE, "/hosts/other.dyn.example.org", PAGE + "?changes")) {
      HttpResponse<String> answer =
          console.send(console.request(path).header(ConsoleFixture.FORWARDED_FOR, "192.0.2.1"));
      assertThat(answer.statusCode()).as(path).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).hasValue("/login");
      assertThat(answer.body()).isEmpty();
    }
    HttpResponse<String> signedIn =
        console.send(
            console
                .request(PAGE)
                .header(ConsoleFixture.FORWARDED_FOR, "192.0.2.1")
                .header("Cookie", signedIn()));
    assertThat(signedIn.statusCode()).isEqualTo(200);
    assertThat(signedIn.body()).contains("Sign out");
  }

  @Test
  void saysWhatHappensWhenItFallsSilentAndWhatHas() throws Exception {
    console.silence.sayOfHost(
        host(HOST),
        new LivenessSettings(
            Duration.ofMinutes(10),
            null,
            Map.of(
                LivenessState.SILENT,
                LivenessAction.parse("park=192.0.2.99"),
                LivenessState.DEAD,
                LivenessAction.WITHDRAW)));
    says("&myip=198.51.100.7", "ddclient/3.10");
    assertThat(page(PAGE))
        .contains("every 10 minutes, as somebody set it")
        .contains("192.0.2.99 in place of its addresses")
        .contains("unless it is heard, in 32 minutes, 2026-11-20 08:32:00 UTC")
        .contains("its addresses are taken out of DNS")
        .contains("unless it is heard, in 1 hour 42 minutes, 2026-11-20 09:42:00 UTC");

    console.clock.advance(Duration.ofMinutes(33));
    console.sweeper.tick(console.clock.instant());
    assertThat(page(PAGE))
        .contains("Silent: several reports are missing.")
        .contains("Parked for its silence: DNS answers 192.0.2.99.")
        .contains("<code class=\"address\">192.0.2.99</code>")
        .contains("parked here for its silence; else as its device reports")
        .contains("Was silent")
        .contains("If dead");
  }

  @Test
  void whatWaitsForAPersonSaysSo() throws Exception {
    console.policies.set(
        new PolicyScope.OfHost(name(HOST)),
        PolicySetting.APPROVAL,
        "true",
        "administrator",
        console.clock.instant());
    says("&myip=198.51.100.7", "curl/8");
    assertThat(page(PAGE))
        .contains("Waits for a person’s approval")
        .contains("./homeport host approve " + HOST)
        .contains("The last request was withheld on 2026-11-20 08:00:00 UTC")
        .contains("no address was ever published");
  }

  @Test
  void showsWhoMayChangeItAndNoSecrets() throws Exception {
    console.credentials.add(
        new NewCredential(
            "router7",
            "the <b>cellar</b>",
            new CredentialScope(
                new NameScope.Listed(List.of(new NameScope.Entry(name("dyn.example.org"), true))),
                Set.of(Type.A),
                Set.of("dyndns2"),
                List.of(AddressBlock.parse("203.0.113.0/24")),
                console.clock.instant().plus(Duration.ofDays(2)),
                Duration.ofDays(1),
                true),
            false));
    console.credentials.add(
        new NewCredential(
            "of-another",
            "",
            CredentialScope.DEFAULT.with(
                new NameScope.Listed(List.of(new NameScope.Entry(name("example.net"), true)))),
            false));
    says("&myip=198.51.100.7", "curl/8");
    String page = page(PAGE);
    assertThat(page)
        .contains("<b>" + HOST + "</b>", "the hosts that were added with it", "does not expire")
        .contains("<b>router7</b><small>the &lt;b&gt;cellar&lt;/b&gt;</small>")
        .contains("all at and below dyn.example.org")
        .contains("changes only A", "only through dyndns2", "only from 203.0.113.0/24")
        .contains("only within TLS, or as a signature")
        .contains("2026-11-22 08:00:00 UTC, or 2026-11-21 08:00:00 UTC unless it is used before")
        .doesNotContain("of-another");
    console.clock.advance(Duration.ofDays(1));
    assertThat(page(PAGE)).contains("no: ended unused");
    console.credentials.disable("router7", true);
    assertThat(page(PAGE)).contains("no: disabled");
  }

  @Test
  void showsTheSiteItFollowsAndWhoFollowsIt() throws Exception {
    console.addHost("cam.dyn.example.org");
    console.sites.add("office");
    console.sites.change(
        "office",
        site ->
            site.with(
                    new AddressSource(
                        "wan4", host().name(), AddressSource.IPV4, -1, console.clock.instant()))
                .with(new Uplink("fibre", 1, Duration.ofMinutes(15), HOST), -1));
    console.sites.join("office", host("cam.dyn.example.org"), HostPlanText.parse("wan4"), null);
    assertThat(page("/hosts/cam.dyn.example.org"))
        .contains("Its site: <a href=\"/sites/office\">office</a>")
        .contains("IPv4: wan4. IPv6: as its device reports.")
        .contains("the address source wan4 of the site office")
        .contains("not known", "never told")
        .contains("never heard");

    says("&myip=198.51.100.7", "curl/8");

    assertThat(page("/hosts/cam.dyn.example.org"))
        .contains("<code class=\"address\">198.51.100.7</code>")
        .contains("<td role=\"cell\" data-label=\"Is\"><code>198.51.100.7</code>")
        .contains("through " + HOST + ", which it follows")
        .contains("Its addresses follow what " + HOST + " reports, so its own device need not.")
        .contains("<b>fibre</b>", ">up<", ">yes<");
    assertThat(page(PAGE))
        .contains("The addresses of 1 host follow what this one reports:")
        .contains("<a href=\"/hosts/cam.dyn.example.org\">cam.dyn.example.org</a>");
  }

  @Test
  void nobodyHasToReportWhatIsSetByHand() throws Exception {
    console.sites.add("office");
    console.sites.join(
        "office", host(HOST), HostPlanText.parse("192.0.2.7"), HostPlanText.parse("2001:db8::7"));
    assertThat(page(PAGE))
        .contains("always this, as set for it in the site office")
        .contains("Nobody has to report: its addresses are set by hand.")
        .doesNotContain("Never heard");
  }

  private Host host() {
    try {
      return host(HOST);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void showsItsLastChangesWhenAskedTo() throws Exception {
    says("&myip=198.51.100.7", "curl/8");
    for (int i = 0; i < HostChanges.ROWS_MAX; i++) {
      says("&myip=198.51.100." + (100 + i), "curl/8");
    }
    console.addHost("other.dyn.example.org");

    assertThat(page(PAGE))
        .contains("<a href=\"" + PAGE + "?changes#changes\">")
        .doesNotContain("<code>198.51.100.105</code>");
    String page = page(PAGE + "?changes");
    assertThat(page)
        .contains("<code>198.51.100.118</code></td>")
        .contains("<code>198.51.100.119</code></td>")
        .contains(HOST + "<small>through dyndns2  from <code>203.0.113.77</code></small>");
    assertThat(page.split("data-label=\"What\"", -1)).hasSize(HostChanges.ROWS_MAX + 1);
    assertThat(page.indexOf("198.51.100.119</code></td>"))
        .isLessThan(page.lastIndexOf("198.51.100.118</code></td>"));
  }

  @Test
  void saysSoWhenTheStoreCannotBeRead() throws Exception {
    console.history.makeUnreadable();
    HttpResponse<String> page = console.get(PAGE);
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.headers().firstValue("Retry-After")).isPresent();
    assertThat(page.body()).contains("The host cannot be read now").doesNotContain("disk on fire");
  }

  @Test
  void confinesTheBrowserAndKnowsGetAndHeadOnly() throws Exception {
    HttpResponse<String> head =
        console.send(console.request(PAGE).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    HttpResponse<String> post =
        console.send(console.request(PAGE).POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(post.statusCode()).isEqualTo(405);
  }

  @Test
  void hasOneHeadingAndNamesItsParts() throws Exception {
    says("&myip=198.51.100.7", "curl/8");
    String page = page(PAGE + "?changes");
    assertThat(page.split("<h1", -1)).hasSize(2);
    assertThat(page).contains("<main", "aria-label=\"Main\"", "lang=\"en\"");
    assertThat(page.split("<table", -1)).hasSameSizeAs(page.split("<caption", -1));
    for (String id : List.of("address", "alive", "exchanges", "credentials", "changes")) {
      assertThat(page).contains("aria-labelledby=\"" + id + "\"", "<h2 id=\"" + id + "\">");
    }
  }
}
