package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/** Ports of hosts, after the database was closed and opened again. */
final class SqlitePortStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Name CAM = name("cam.home.test.");

  @TempDir Path folder = Path.of("");

  private SqliteDatabase open() {
    return SqliteDatabase.open(folder.resolve("test.db"));
  }

  private static Map<Name, List<Integer>> ports(SqliteDatabase database) {
    Map<Name, List<Integer>> ports = new HashMap<>();
    new SqlitePortStore(database).eachPorts(ports::put);
    return ports;
  }

  @Test
  void portsComeBackChangeAndGoWithTheHost() {
    try (var database = open()) {
      new SqliteRegistryStore(database)
          .addHost(
              new Host(CAM, name("home.test."), 1, 60, NOW),
              new Credential(1, "cam", new SecretHash(new byte[SecretHash.OCTETS]), NOW));
      var store = new SqlitePortStore(database);
      store.putPorts(CAM, List.of(22, 443));
      store.putPorts(name("none.home.test."), List.of(80));
    }
    try (var database = open()) {
      assertThat(ports(database)).containsOnly(Map.entry(CAM, List.of(22, 443)));
      new SqlitePortStore(database).putPorts(CAM, List.of(8443));
      assertThat(ports(database)).containsOnly(Map.entry(CAM, List.of(8443)));
      new SqliteRegistryStore(database).removeHost(CAM);
      assertThat(ports(database)).isEmpty();
    }
  }
}
