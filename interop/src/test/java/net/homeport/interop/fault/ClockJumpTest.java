package net.homeport.interop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Json;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The wall clock jumps, as libfaketime lets it: DNS answers, updates pass, the serial grows. */
final class ClockJumpTest {
  private static final String ZONE = "dyn.example.org";
  private static final String HOST = "home." + ZONE;
  private static final Path LIBRARY =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

  /** Offsets from the true time; the last but one is 1970. */
  private static final List<String> JUMPS =
      List.of("+1h", "-1h", "+30d", "-30d", "@1970-01-02 00:00:00", "+0");

  /** Where the clock stands at starts: each is slow under the library. */
  private static final List<String> STARTS = List.of("-30d", "@1970-01-02 00:00:00", "+0");

  @TempDir Path folder;
  private int number;
  private String address = "";
  private long serial;

  private static String address(int number) {
    return "10.0.%d.%d".formatted(number / 250, number % 250 + 1);
  }

  /** Replaced at once, so that the server never reads half of it. */
  private void set(Path clock, String time) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), time + "\n");
    Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Waits until the server's clock shows it, by the time that it gives the change of a host: the
   * library looks at the file now and then.
   */
  private void untilItIs(String time, HomeportProcess server, Recipe recipe) {
    Await.untilAsserted(() -> {
      address = address(++number);
      assertThat(FaultUpdates.update(server, recipe, HOST, address))
          .isEqualTo("good " + address + "\n200");
      assertThat(Duration.between(expected(time), changedAt(server)).abs())
          .as("the server's clock at %s", time)
          .isLessThan(Duration.ofMinutes(20));
    });
    long now = serial(server);
    assertThat(now).as("serial at %s", time).isGreaterThan(serial);
    serial = now;
  }

  private static Instant expected(String time) {
    if (time.startsWith("@")) {
      return LocalDateTime.parse(time.substring(1).replace(' ', 'T'))
          .atZone(ZoneId.systemDefault())
          .toInstant();
    }
    Duration offset =
        time.endsWith("d")
            ? Duration.ofDays(Long.parseLong(time.substring(0, time.length() - 1)))
            : Duration.ofHours(Long.parseLong(time.replace("h", "")));
    return Instant.now().plus(offset);
  }

  /** When the host was last changed, as the API tells; without a JVM for a command. */
  private static Instant changedAt(HomeportProcess server) {
    try {
      String token = Files.readString(server.data().resolve("administrator.token")).strip();
      var answer =
          Commands.run(
                  "curl",
                  "-s",
                  "--fail",
                  "--max-time",
                  "30",
                  "-H",
                  "Authorization: Bearer " + token,
                  server.web() + "/api/v1/hosts/" + HOST)
              .succeeded();
      return Instant.parse(String.valueOf(Json.object(answer.out()).get("changedAt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long serial(HomeportProcess server) {
    return server.dns().ask(ZONE, Type.SOA).getSection(Section.ANSWER).stream()
        .map(SOARecord.class::cast)
        .map(SOARecord::getSerial)
        .findFirst()
        .orElseThrow();
  }

  private void goesOn(HomeportProcess server, Recipe recipe, String when) {
    for (int i = 0; i < 5; i++) {
      address = address(++number);
      assertThat(FaultUpdates.update(server, recipe, HOST, address))
          .as(when)
          .isEqualTo("good " + address + "\n200");
      assertThat(server.dns().a(HOST)).as(when).containsExactly(address);
      long now = serial(server);
      assertThat(now).as("serial at %s", when).isGreaterThan(serial);
      serial = now;
    }
    assertThat(changedAt(server)).as("host of the API at %s", when).isNotNull();
  }

  @Test
  void updatesAndAnswersGoOnAndTheSerialGrows() throws IOException {
    assertThat(LIBRARY).as("of the Debian package faketime").exists();
    Path clock = folder.resolve("clock");
    Path data = folder.resolve("data");
    var environment =
        Map.of(
            "LD_PRELOAD",
            LIBRARY.toString(),
            "FAKETIME_TIMESTAMP_FILE",
            clock.toString(),
            // To read the file at each look at the clock makes the server some ten times slower.
            "FAKETIME_CACHE_DURATION",
            "1",
            // Files whose times seem to change make the JVM do without its cache of classes.
            "NO_FAKE_STAT",
            "1",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1");
    Recipe recipe;
    set(clock, "+0");
    try (var server = HomeportProcess.on(data).environment(environment).start()) {
      server.addZone(ZONE);
      server.unlimitChanges();
      recipe = server.addHost(HOST);
      goesOn(server, recipe, "the true time");
      for (String jump : JUMPS) {
        set(clock, jump);
        untilItIs(jump, server, recipe);
        goesOn(server, recipe, jump);
      }
      set(clock, "-30d");
      untilItIs("-30d", server, recipe);
      goesOn(server, recipe, "-30d, before the kill");
      server.kill();
    }
    for (String jump : STARTS) {
      set(clock, jump);
      try (var server = HomeportProcess.on(data).environment(environment).start()) {
        assertThat(serial(server)).as("start at %s", jump).isGreaterThanOrEqualTo(serial);
        assertThat(server.dns().a(HOST)).containsExactly(address);
        goesOn(server, recipe, "started at " + jump);
        assertThat(server.stop()).as("exit code at %s", jump).isEqualTo(143);
      }
    }
  }
}
