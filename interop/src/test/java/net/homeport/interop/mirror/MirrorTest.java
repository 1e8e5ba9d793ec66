package net.homeport.interop.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.mirror.PrimaryServer.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A zone of another program is here as it is there, at once, and not longer than it may be. */
@TestInstance(Lifecycle.PER_CLASS)
final class MirrorTest {
  /** Only a NOTIFY brings a change of it before an hour is over. */
  private static final String HOURLY = "3600 600 86400 60";

  private static final String SHORT_LIVED = "5 2 8 60";

  private Path folder;
  private HomeportProcess homeport;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    homeport = HomeportProcess.start(folder.resolve("data"));
    homeport.command("key", "add", PrimaryServer.KEY, "--secret", PrimaryServer.SECRET).succeeded();
  }

  @AfterAll
  void stop() {
    homeport.close();
  }

  private static String zoneFile(long serial, String timers, String... more) {
    return """
    $TTL 300
    @ SOA ns1 hostmaster %d %s
    @ NS ns1
    ns1 A 192.0.2.53
    www A 192.0.2.80
    www A 192.0.2.81
    mail AAAA 2001:db8::25
    text TXT "a text" "in two"
    *.wild A 192.0.2.99
    %s
    """
        .formatted(serial, timers, String.join("\n", more));
  }

  private PrimaryServer primary(Kind kind, String zone, String timers) {
    return PrimaryServer.start(
        kind, folder.resolve(zone), zone, zoneFile(10, timers), homeport.dnsPort());
  }

  private Result add(String zone, PrimaryServer primary, String key) {
    return homeport.command(
        "zone", "add", zone, "--primary", "127.0.0.1:" + primary.port(), "--key", key);
  }

  private List<String> content(String zone) {
    return ZoneLinesText.sorted(homeport.command("zone", "export", zone).succeeded().out());
  }

  private Map<?, ?> secondary(String zone) {
    return (Map<?, ?>) Objects.requireNonNull(homeport.json("zone", "show", zone).get("secondary"));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatChangesThereIsHereAtOnce(Kind kind) {
    String zone = kind.name().toLowerCase(java.util.Locale.ROOT) + ".test";
    try (var primary = primary(kind, zone, HOURLY)) {
      add(zone, primary, PrimaryServer.KEY).succeeded();
      assertThat(content(zone)).isEqualTo(primary.content());

      primary.change(
          zoneFile(11, HOURLY, "new A 192.0.2.111"),
          "update add new.%s 300 A 192.0.2.111%n".formatted(zone));
      Await.untilEqual(List.of("192.0.2.111"), () -> homeport.dns().a("new." + zone));
      Await.untilEqual(primary.content(), () -> content(zone));

      // The other direction too: what goes there goes here, by differences.
      primary.change(zoneFile(12, HOURLY), "update delete new.%s%n".formatted(zone));
      Await.untilEqual(List.of(), () -> homeport.dns().a("new." + zone));
      Await.untilEqual(primary.content(), () -> content(zone));

      assertThat(homeport.command("zone", "retransfer", zone).succeeded().out())
          .contains("serial 12");
      assertThat(content(zone)).isEqualTo(primary.content());
      assertThat(homeport.command("zone", "list").succeeded().out()).contains("secondary");
      assertThat(homeport.command("host", "add", "h." + zone).output())
          .contains("is a copy of another server's zone");
    }
    assertThat(homeport.dns().a("www." + zone)).hasSize(2);
    homeport.command("zone", "remove", zone).succeeded();
    assertThat(homeport.command("zone", "list").succeeded().out()).doesNotContain(zone);
  }

  /** Not REFUSED: a resolver takes that for a server that was never asked to have the zone. */
  @Test
  void whatHasNotComeYetIsNotReady() {
    String zone = "later.test";
    try (var primary = primary(Kind.KNOT, zone, HOURLY)) {
      primary.stop();
      add(zone, primary, PrimaryServer.KEY).succeeded();
      String asked =
          Commands.run("dig", "@127.0.0.1", "-p", "" + homeport.dnsPort(), "www." + zone).output();
      assertThat(asked).contains("status: SERVFAIL", "EDE: 14 (Not Ready)");
      primary.startAgain();
      homeport.command("zone", "refresh", zone).succeeded();
      assertThat(homeport.dns().a("www." + zone)).hasSize(2);
    }
    homeport.command("zone", "remove", zone).succeeded();
    assertThat(homeport.dns().ask("www." + zone, Type.A).getHeader().getRcode())
        .isEqualTo(Rcode.REFUSED);
  }

  @Test
  void aZoneExpiresAndRecovers() {
    String zone = "short.test";
    try (var primary = primary(Kind.KNOT, zone, SHORT_LIVED)) {
      add(zone, primary, PrimaryServer.KEY).succeeded();
      primary.stop();
      assertThat(homeport.dns().a("www." + zone)).hasSize(2);
      Await.until(
          "the zone expires",
          () -> homeport.dns().ask("www." + zone, Type.A).getHeader().getRcode() == Rcode.SERVFAIL);
      assertThat(secondary(zone).get("expired")).isEqualTo(true);
      assertThat(homeport.command("zone", "list").succeeded().out()).contains("expired");

      primary.startAgain();
      Await.until("the zone recovers", () -> homeport.dns().a("www." + zone).size() == 2);
      Await.until("no error is left", () -> secondary(zone).get("lastError") == null);
    }
    homeport.command("zone", "remove", zone).succeeded();
  }

  @Test
  void aWrongKeyIsNamed() {
    String zone = "wrong.test";
    homeport.command("key", "add", "unknown-there.test").succeeded();
    try (var primary = primary(Kind.BIND, zone, HOURLY)) {
      Result added = add(zone, primary, "unknown-there.test");
      assertThat(added.output()).contains("BADKEY");
      assertThat(homeport.command("zone", "list").succeeded().out())
          .contains("BADKEY: it has no such key");
      assertThat(homeport.command("zone", "refresh", zone).exitCode()).isEqualTo(1);
      assertThat(primary.log()).contains("unknown-there.test");
    }
    homeport.command("zone", "remove", zone).succeeded();
  }
}
