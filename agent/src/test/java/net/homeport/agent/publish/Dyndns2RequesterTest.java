package net.homeport.agent.publish;

import static net.homeport.agent.fake.Addresses.current;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.homeport.agent.fake.MovableClock;
import net.homeport.agent.fake.WebPage;
import net.homeport.agent.http.BoundedGet;
import net.homeport.agent.publish.PublishOutcome.Accepted;
import net.homeport.agent.publish.PublishOutcome.Retry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class Dyndns2RequesterTest {
  private final WebPage page = new WebPage();
  private String password = "secret";

  Dyndns2RequesterTest() throws IOException {}

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void sendsExactlyWhatTheProtocolSays() throws Exception {
    page.says("good 192.0.2.7\nnochg 192.0.2.7\n");
    PublishReport report =
        at(page.address())
            .request(List.of("a.example", "b.example"), current("192.0.2.7", "2001:db8::7"));
    assertThat(report.outcomes().values()).containsExactly(new Accepted(true), new Accepted(false));
    assertThat(page.requests())
        .containsExactly(
            new WebPage.Request(
                "/nic/update?hostname=a.example,b.example&myip=192.0.2.7,2001:db8::7",
                "Basic YWxpY2U6c2VjcmV0",
                "Homeport-Agent/0.1"));
  }

  @Test
  void keepsThePathOfTheServer() throws Exception {
    page.says("good");
    var _ = at(URI.create(page.address() + "/dns/")).request(List.of("a.example"), current("::2"));
    assertThat(page.requests().getFirst().pathAndQuery())
        .isEqualTo("/dns/nic/update?hostname=a.example&myip=::2");
  }

  @Test
  void heedsRetryAfter() throws Exception {
    page.says(503, Map.of("Retry-After", "20"), "911\n");
    assertThat(one(at(page.address())))
        .isEqualTo(new Retry(Retry.Cause.SERVER_TROUBLE, Duration.ofSeconds(20), "911"));
  }

  @Test
  void aServerThatIsAwayIsAReasonToRetry() throws Exception {
    URI address = page.address();
    page.close();
    assertThat(one(at(address)))
        .isInstanceOfSatisfying(
            Retry.class,
            retry -> {
              assertThat(retry.cause()).isEqualTo(Retry.Cause.NETWORK);
              assertThat(retry.detail()).doesNotContain("secret", "YWxpY2U6c2VjcmV0");
            });
  }

  @Test
  void aPasswordThatCannotBeReadIsToo() throws Exception {
    password = "";
    assertThat(one(at(page.address())))
        .isEqualTo(new Retry(Retry.Cause.NO_PASSWORD, Duration.ZERO, "no such file"));
    assertThat(page.requests()).isEmpty();
  }

  private Dyndns2Requester at(URI server) {
    return new Dyndns2Requester(
        server,
        new Credentials("alice", this::password),
        new BoundedGet(BoundedGet::newClient),
        new MovableClock());
  }

  private String password() {
    if (password.isEmpty()) {
      throw new IllegalStateException("no such file");
    }
    return password;
  }

  private static PublishOutcome one(Dyndns2Requester requester) throws InterruptedException {
    return requester
        .request(List.of("a.example"), current("192.0.2.7"))
        .outcomes()
        .firstEntry()
        .getValue();
  }
}
