package net.homeport.interop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.HomeportProcess;
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
  private long serial;

  /** Replaced at once, so that the server never reads half of it. */
  private void set(Path clock, String time) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), time + "\n");
    Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
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
      String address = "10.0.0." + ++number;
      assertThat(FaultUpdates.update(server, recipe, HOST, address))
          .as(when)
          .isEqualTo("good " + address + "\n200");
      assertThat(server.dns().a(HOST)).as(when).containsExactly(address);
      long now = serial(server);
      assertThat(now).as("serial at %s", when).isGreaterThan(serial);
      serial = now;
    }
    server.json("host", "show", HOST);
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
            "FAKETIME_NO_CACHE",
            "1",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1");
    Recipe recipe;
    set(clock, "+0");
    try (var server = HomeportProcess.on(data).environment(environment).start()) {
      server.addZone(ZONE);
      recipe = server.addHost(HOST);
      goesOn(server, recipe, "the true time");
      for (String jump : JUMPS) {
        set(clock, jump);
        // The library looks at the file once a second.
        Await.pause(Duration.ofMillis(1500));
        goesOn(server, recipe, jump);
      }
      set(clock, "-30d");
      Await.pause(Duration.ofMillis(1500));
      goesOn(server, recipe, "-30d, before the kill");
      server.kill();
    }
    for (String jump : STARTS) {
      set(clock, jump);
      try (var server = HomeportProcess.on(data).environment(environment).start()) {
        assertThat(serial(server)).as("start at %s", jump).isGreaterThanOrEqualTo(serial);
        assertThat(server.dns().a(HOST)).containsExactly("10.0.0." + number);
        goesOn(server, recipe, "started at " + jump);
        assertThat(server.stop()).as("exit code at %s", jump).isEqualTo(143);
      }
    }
  }
}
