package net.homeport.web.dyndns2;

import static net.homeport.web.DoorClient.assertAnswer;
import static net.homeport.web.DoorClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import net.homeport.registry.update.UpdateRequest;
import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No-IP's groups: one word in {@code hostname} for the hosts of a site. */
final class GroupTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String CAM = "cam.dyn.example.org";
  private static final String OTHER = "other.dyn.example.org";

  private WebFixture web;
  private DoorClient client;
  private String login;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    client = new DoorClient(web);
    login = basic(HOST + ":" + web.host(HOST));
    web.hostOf(HOST, CAM);
    web.host(OTHER);
    for (String host : new String[] {HOST, CAM, OTHER}) {
      web.siteHost("office", host);
    }
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String update(String query) throws Exception {
    return client.get("/nic/update?" + query, login);
  }

  /** No-IP answers a group with one line; so does a client count. */
  @Test
  void noIpGroupIsTheOwnHostsOfASiteInOneLine() throws Exception {
    assertAnswer(update("hostname=office&myip=198.51.100.7"), 200, "good 198.51.100.7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(web.addresses(CAM)).containsExactly("198.51.100.7");
    assertThat(web.addresses(OTHER)).as("another's host at the same site").isEmpty();
    assertAnswer(update("hostname=office&myip=198.51.100.7"), 200, "nochg 198.51.100.7\n");
  }

  @Test
  void comwareSendsItAsGroup() throws Exception {
    assertAnswer(update("group=office&myip=198.51.100.8"), 200, "good 198.51.100.8\n");
    assertThat(web.addresses(CAM)).containsExactly("198.51.100.8");
  }

  @Test
  void aGroupBesideAHostHasItsOwnLine() throws Exception {
    assertAnswer(
        update("hostname=nowhere.dyn.example.org,office&myip=198.51.100.7"),
        200,
        "nohost\ngood 198.51.100.7\n");
  }

  @Test
  void h8AWordThatIsNoGroupIsNotfqdn() throws Exception {
    web.siteHost("theirs", OTHER);
    assertAnswer(update("hostname=foo&myip=198.51.100.7"), 400, "notfqdn\n");
    assertAnswer(update("hostname=theirs&myip=198.51.100.7"), 400, "notfqdn\n");
    assertThat(web.addresses(OTHER)).isEmpty();
  }

  @Test
  void aGroupThatIsTooLargeIsNumhost() throws Exception {
    for (int i = 0; i < UpdateRequest.GROUP_HOSTS_MAX; i++) {
      String host = "h%d.dyn.example.org".formatted(i);
      web.hostOf(HOST, host);
      web.siteHost("office", host);
    }
    assertAnswer(update("hostname=office&myip=198.51.100.7"), 400, "numhost\n");
    assertThat(web.addresses(HOST)).isEmpty();
  }
}
