package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.registry.liveness.ClientKind;
import net.homeport.registry.liveness.Grace;
import net.homeport.registry.liveness.LivenessAction;
import net.homeport.registry.liveness.LivenessSettings;
import net.homeport.registry.liveness.LivenessState;
import net.homeport.registry.liveness.LivenessStore.Listened;
import net.homeport.registry.liveness.SeenRow;
import net.homeport.registry.truth.AddressClass;
import net.homeport.registry.truth.TruthPolicy;
import net.homeport.registry.truth.TruthPolicy.SourceMatch;
import net.homeport.registry.truth.TruthPolicy.Treatment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/** What is known of silence, after the database was closed and opened again. */
final class SqliteLivenessStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

  @TempDir Path folder = Path.of("");

  private SqliteDatabase open() {
    return SqliteDatabase.open(folder.resolve("test.db"));
  }

  private static void addHost(SqliteDatabase database, String host) {
    new SqliteRegistryStore(database)
        .addHost(
            new Host(name(host), name("home.test."), 1, 60, NOW),
            new Credential(1, host, new SecretHash(new byte[SecretHash.OCTETS]), NOW));
  }

  private static SeenRow row(String host) {
    return new SeenRow(
        name(host), NOW, ClientKind.DDCLIENT, List.of(300, 301, 0, 0, 0), LivenessState.SILENT);
  }

  private static List<SeenRow> seen(SqliteDatabase database) {
    var rows = new ArrayList<SeenRow>();
    new SqliteLivenessStore(database).eachSeen(rows::add);
    return rows;
  }

  @Test
  void whenHostsWereHeardComesBackAndGoesWithTheHost() {
    try (var database = open()) {
      addHost(database, "cam.home.test.");
      var store = new SqliteLivenessStore(database);
      store.keepSeen(List.of(row("cam.home.test."), row("gone.home.test.")));
      store.keepListened(new Listened(NOW, NOW.plusSeconds(30)));
    }
    try (var database = open()) {
      assertThat(seen(database)).containsExactly(row("cam.home.test."));
      assertThat(new SqliteLivenessStore(database).listened())
          .isEqualTo(new Listened(NOW, NOW.plusSeconds(30)));
      new SqliteRegistryStore(database).removeHost(name("cam.home.test."));
      assertThat(seen(database)).isEmpty();
    }
  }

  @Test
  void policiesComeBackAndAreForgotten() {
    var settings =
        new LivenessSettings(
            Duration.ofMinutes(5),
            new Grace(1.25, 3, 12),
            Map.of(
                LivenessState.LATE, LivenessAction.parse("ttl=10"),
                LivenessState.SILENT, LivenessAction.parse("park=192.0.2.1,2001:db8::1")));
    var truth =
        new TruthPolicy(Map.of(AddressClass.SIX_TO_FOUR, Treatment.REFUSE), SourceMatch.MATCH);
    try (var database = open()) {
      addHost(database, "cam.home.test.");
      var store = new SqliteLivenessStore(database);
      store.putHostSettings(name("cam.home.test."), settings);
      store.putZoneSettings(Name.root, settings);
      store.putTruthPolicy(name("home.test."), truth);
    }
    try (var database = open()) {
      var store = new SqliteLivenessStore(database);
      Map<Name, Object> read = new HashMap<>();
      store.eachHostSettings(read::put);
      store.eachZoneSettings(read::put);
      store.eachTruthPolicy(read::put);
      assertThat(read)
          .containsOnly(
              Map.entry(name("cam.home.test."), settings),
              Map.entry(Name.root, settings),
              Map.entry(name("home.test."), truth));
      store.putHostSettings(name("cam.home.test."), LivenessSettings.NONE);
      store.putZoneSettings(Name.root, LivenessSettings.NONE);
      store.putTruthPolicy(name("home.test."), TruthPolicy.NONE);
      read.clear();
      store.eachHostSettings(read::put);
      store.eachZoneSettings(read::put);
      store.eachTruthPolicy(read::put);
      assertThat(read).isEmpty();
    }
  }
}
