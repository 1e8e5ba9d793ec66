package net.homeport.interop.secondary;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Await;
import net.homeport.interop.harness.HomeportProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A zone that is added here appears on Knot and BIND by itself, and vanishes there again. */
@Timeout(240)
final class CatalogTest {
  private static final String CATALOG = "catalog.test";
  private static final String KEY = "xfr.test";
  private static final String WITHIN_OPTIONS = "// BIND: named.conf, within options { }\n";
  private static final String OUTSIDE = "// BIND: named.conf\n";

  @TempDir private Path folder;
  private final Map<Secondary.Kind, Secondary> secondaries = new EnumMap<>(Secondary.Kind.class);
  private HomeportProcess server;

  @BeforeEach
  void start() {
    server = HomeportProcess.start(folder.resolve("data"));
    server.addZone("before.test");
    String secret = String.valueOf(server.json("key", "add", KEY).get("secret"));
    server.command("catalog", "add", CATALOG, "--except", "private.test").succeeded();
    for (Secondary.Kind kind : List.of(Secondary.Kind.KNOT, Secondary.Kind.BIND)) {
      int port = Secondary.freePort();
      String printed =
          server
              .command(
                  "secondary",
                  "add",
                  kind.name(),
                  "--address",
                  "127.0.0.1:" + port,
                  "--key",
                  KEY,
                  "--all-zones",
                  "--for",
                  kind.name())
              .succeeded()
              .out();
      String pasted =
          printed
              .substring(printed.indexOf("\n\n") + 2, printed.indexOf("\n\nPut the secret") + 1)
              .replace("SECRET_OF_THE_KEY", secret);
      Path home = folder.resolve(kind.name());
      // Members are stored where the other zones are.
      pasted =
          pasted.replace(
              "id: homeport-member\n", "id: homeport-member\n    storage: " + home + "\n");
      int options = pasted.indexOf(WITHIN_OPTIONS);
      String within = options < 0 ? "" : pasted.substring(options, pasted.indexOf(OUTSIDE));
      secondaries.put(
          kind, Secondary.start(kind, home, port, pasted.substring(within.length()), within));
    }
  }

  @AfterEach
  void stop() {
    secondaries.values().forEach(Secondary::close);
    server.close();
  }

  private void untilAllSay(String zone, String nameServer) {
    secondaries.forEach((kind, secondary) -> {
      try {
        Await.untilEqual(nameServer, () -> secondary.answer(zone, "NS"));
      } catch (AssertionError e) {
        throw new AssertionError(
            e.getMessage() + "\n" + secondary.log() + "\n" + server.output(), e);
      }
    });
  }

  @Test
  void zonesComeAndGoByThemselves() {
    untilAllSay("before.test", "ns1.before.test.");
    server.addZone("private.test");
    server.addZone("new.test");
    untilAllSay("new.test", "ns1.new.test.");
    untilAllSay("private.test", "");
    // Removed and added again it is another zone, with another label.
    server.command("zone", "remove", "new.test").succeeded();
    server.command("zone", "add", "new.test", "--name-server", "ns.elsewhere.test").succeeded();
    untilAllSay("new.test", "ns.elsewhere.test.");
    server.command("zone", "remove", "new.test").succeeded();
    untilAllSay("new.test", "");
    untilAllSay("before.test", "ns1.before.test.");
  }
}
