package net.homeport.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.homeport.agent.address.AddressFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentConfigurationTest {
  private static final URI SERVER = URI.create("https://dns.example.org/dyn");

  @Test
  void hasTheUsualDefaults() {
    AgentConfiguration configuration = builder("Home.Example.org.").build();
    assertThat(configuration.hosts()).containsExactly("home.example.org");
    assertThat(configuration.source()).isEqualTo(AgentConfiguration.Source.INTERFACE);
    assertThat(configuration.families()).containsExactlyInAnyOrder(AddressFamily.values());
    assertThat(configuration.allowPrivate()).isFalse();
    assertThat(configuration.checkipPages())
        .containsExactly(URI.create("https://dns.example.org/dyn/nic/checkip"));
    assertThat(configuration.checkipInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(configuration.refresh()).isEqualTo(Duration.ofDays(1));
    assertThat(configuration.dnsServers()).isEmpty();
  }

  @Test
  void showsNoPassword() {
    assertThat(builder("home.example.org").build().toString())
        .contains("alice")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "home",
        "home..org",
        ".org",
        "a b.org",
        "a,b.org",
        "a&b.org",
        "-a.org",
        "ä.org"
      })
  void refusesWhatIsNoFullHostName(String host) {
    assertThatThrownBy(() -> builder(host).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("full host name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.b", "*.home.example.org", "_x.example.org", "a-b.example.org", "1.2.org"})
  void takesHostNames(String host) {
    assertThat(builder(host).build().hosts()).containsExactly(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://dns.example.org",
        "dns.example.org",
        "https:///path",
        "https://alice:secret@dns.example.org",
        "https://dns.example.org/?a=b",
        "https://dns.example.org/#a",
      })
  void refusesAnOddServer(String server) {
    assertThatThrownBy(() ->
            AgentConfiguration.builder(
                    URI.create(server), List.of("a.b"), "alice", () -> "", Path.of("."))
                .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("alice")
        .hasMessageContaining("server");
  }

  @Test
  void keepsItsBounds() {
    refuses(builder());
    refuses(builder(IntStream.range(0, 21).mapToObj(i -> "h" + i + ".org").toArray(String[]::new)));
    refuses(builder("a.b").families(Set.of()));
    refuses(builder("a.b").refresh(Duration.ofSeconds(59)));
    refuses(builder("a.b").checkipInterval(Duration.ZERO));
    refuses(builder("a.b").checkipPages(List.of()));
    refuses(builder("a.b").checkipPages(Collections.nCopies(9, SERVER)));
  }

  private static void refuses(AgentConfiguration.Builder builder) {
    assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
  }

  private static AgentConfiguration.Builder builder(String... hosts) {
    return AgentConfiguration.builder(
        SERVER, List.of(hosts), "alice", () -> "secret", Path.of("state"));
  }
}
