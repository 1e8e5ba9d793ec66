package net.homeport.app.assembly;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.key.HmacAlgorithm;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.key.NewKey;
import net.homeport.registry.key.SharedSecret;
import net.homeport.registry.update.SignedUpdateJudge;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.writer.ZoneWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/** What the name server verifies with is what the registry holds, algorithm by algorithm. */
final class UpdateKeysTest {
  private static final SharedSecret SECRET =
      new SharedSecret("a secret of more octets than 16".getBytes(StandardCharsets.US_ASCII));

  @TempDir private Path folder = Path.of("");

  @Test
  void everyAlgorithmAndEveryValidSecret() {
    var clock = new FakeClock();
    try (var writer = new ZoneWriter(ZoneSnapshot.empty(1), _ -> {}, _ -> {}, _ -> {});
        var database = SqliteDatabase.open(folder.resolve("test.db"))) {
      UpdateKeys keys =
          UpdateKeys.open(
              database,
              new byte[32],
              writer,
              ZoneRoles.ALL_PRIMARY,
              clock,
              new SecureRandom(),
              RejectedAttempts.NONE,
              SignedUpdateJudge.NONE,
              (_, _) -> {});
      for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
        Name name = name(algorithm.text() + ".test");
        add(keys.registry(), name, algorithm);
        List<TsigKey> found =
            keys.tsigKeys().find(name(algorithm.text().toUpperCase(Locale.ROOT) + ".TEST"));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().algorithm()).isEqualTo(TsigAlgorithm.valueOf(algorithm.name()));
        assertThat(found.getFirst().algorithm().text()).isEqualTo(algorithm.text());
        assertThat(found.getFirst().secret()).isEqualTo(SECRET.octets());
        assertThat(found.getFirst().name()).isEqualTo(name);
      }
      Name name = name("hmac-sha256.test");
      keys.registry().rotate(name, Duration.ofDays(1), null);
      assertThat(keys.tsigKeys().find(name)).hasSize(2);
      assertThat(keys.tsigKeys().find(name).getLast().secret()).isEqualTo(SECRET.octets());
      clock.advance(Duration.ofDays(1));
      assertThat(keys.tsigKeys().find(name)).hasSize(1);
      keys.registry().disable(name, true);
      assertThat(keys.tsigKeys().find(name)).isEmpty();
      assertThat(keys.tsigKeys().find(name("none.test"))).isEmpty();
    }
  }

  private static void add(KeyRegistry registry, Name name, HmacAlgorithm algorithm) {
    registry.add(
        new NewKey(name, new NewKey.Material.Shared(algorithm, SECRET, true), "", List.of()));
  }
}
