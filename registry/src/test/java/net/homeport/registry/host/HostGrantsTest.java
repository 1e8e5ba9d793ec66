package net.homeport.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.testkit.DnsText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** What a credential is for is listed without a look at what it is not for. */
final class HostGrantsTest {
  private final CredentialHouse house = new CredentialHouse("dyn.example.org", "example.net");

  @BeforeEach
  void hosts() {
    for (String name : List.of("a.dyn.example.org", "b.dyn.example.org", "a.example.net")) {
      house.house.hosts.add(DnsText.name(name), 60);
    }
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Credential credential(String username) {
    return Objects.requireNonNull(house.house.hosts.credential(username));
  }

  private List<String> listed(String username, @Nullable String zone) {
    Name apex = zone == null ? null : DnsText.name(zone);
    return house.grants.hosts(credential(username), apex).stream()
        .map(host -> host.name().toString(true))
        .toList();
  }

  private void add(String username, NameScope names) {
    var scope =
        new CredentialScope(
            names, CredentialScope.ANY_TYPE, Set.of(), List.of(), null, null, false);
    assertThat(house.credentials.add(new NewCredential(username, "", scope, false)))
        .isInstanceOf(CredentialChange.Done.class);
  }

  @Test
  void ofAHostItself() {
    assertThat(listed("a.dyn.example.org", null)).containsExactly("a.dyn.example.org");
    assertThat(listed("a.dyn.example.org", "example.net")).isEmpty();
  }

  @Test
  void hostsThatJoinedAndLeft() {
    assertThat(listed("b.dyn.example.org", null)).hasSize(1);
    house.house.hosts.addTo("b.dyn.example.org", DnsText.name("cam.example.net"), 60);
    house.house.hosts.addTo("b.dyn.example.org", DnsText.name("aa.dyn.example.org"), 60);
    assertThat(listed("b.dyn.example.org", null))
        .containsExactly("cam.example.net", "aa.dyn.example.org", "b.dyn.example.org");
    assertThat(listed("b.dyn.example.org", "example.net")).containsExactly("cam.example.net");
    house.house.hosts.remove(DnsText.name("b.dyn.example.org"));
    assertThat(listed("b.dyn.example.org", null))
        .containsExactly("cam.example.net", "aa.dyn.example.org");
    house.house.hosts.remove(DnsText.name("cam.example.net"));
    house.house.hosts.remove(DnsText.name("aa.dyn.example.org"));
    assertThat(house.house.hosts.credential("b.dyn.example.org"))
        .as("ended with the last")
        .isNull();
  }

  @Test
  void aSubtreeAndSingleNames() {
    add(
        "tree",
        new NameScope.Listed(
            List.of(
                new NameScope.Entry(DnsText.name("example.org"), true),
                new NameScope.Entry(DnsText.name("b.dyn.example.org"), false),
                new NameScope.Entry(DnsText.name("a.example.net"), false))));
    assertThat(listed("tree", null))
        .containsExactly("a.example.net", "a.dyn.example.org", "b.dyn.example.org");
    assertThat(listed("tree", "dyn.example.org"))
        .containsExactly("a.dyn.example.org", "b.dyn.example.org");
    house.house.hosts.add(DnsText.name("c.dyn.example.org"), 60);
    house.house.hosts.remove(DnsText.name("a.dyn.example.org"));
    assertThat(listed("tree", "dyn.example.org"))
        .containsExactly("b.dyn.example.org", "c.dyn.example.org");
  }

  @Test
  void noMoreThanTheMost() {
    for (int i = 0; i < HostGrants.LISTED_MAX + 10; i++) {
      house.house.hosts.addTo(
          "a.dyn.example.org", DnsText.name("h%d.dyn.example.org".formatted(i)), 60);
    }
    assertThat(listed("a.dyn.example.org", null)).hasSize(HostGrants.LISTED_MAX);
  }
}
