package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import net.homeport.store.ZoneLife;
import net.homeport.zone.StoredNode;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

/** A store that an older Homeport wrote is read, as it was. */
@Timeout(60)
final class NodeMigrationTest {
  @TempDir Path folder = Path.of("");

  private Path file() {
    return folder.resolve("test.db");
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = connection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = connection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.getLong(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40, 3_000})
  void allIsThereAsItWas(int names) throws Exception {
    ZoneSnapshot zones = Version1Store.write(file(), names).zones();
    for (int start = 0; start < 2; start++) {
      try (var store = new SqliteStore(file())) {
        assertThat(ZoneLife.content(store.load(1))).isEqualTo(ZoneLife.content(zones));
        for (Zone zone : zones.zones()) {
          var owners = new ArrayList<Name>();
          zone.forEach((owner, _) -> owners.add(owner));
          for (Name owner : owners) {
            byte[] key = StoredNode.key(zone.apex(), owner);
            Attribution expected = Version1Store.isChanged(key) ? Version1Store.who(key) : null;
            boolean isReplayed = owner.equals(name("new.home.test."));
            assertThat(store.history().lastChange(zone.apex(), owner))
                .as("%s", owner)
                .isEqualTo(isReplayed ? Version1Store.CREATOR : expected);
          }
        }
        store.checkpoint(() -> zones);
      }
    }
    assertThat(number("PRAGMA user_version")).isEqualTo(SqliteDatabase.SCHEMA_VERSION);
    assertThat(number("SELECT count(*) FROM sqlite_master WHERE name = 'node'")).isZero();
    assertThat(number("SELECT count(DISTINCT zone_id) FROM page")).isEqualTo(2);
  }

  @Test
  void aDamagedStoreIsRefusedAndLeftAsItIs() throws Exception {
    Version1Store.write(file(), 100);
    run("UPDATE node SET content = x'0261' WHERE owner = x'026837'");
    long rows = number("SELECT count(*) FROM node");
    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> SqliteDatabase.open(file()))
          .isInstanceOf(SqliteStoreException.class)
          .hasMessageContaining(file().toString())
          .hasMessageContaining("damaged")
          .hasMessageContaining("restore a backup");
    }
    assertThat(number("PRAGMA user_version")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM node")).isEqualTo(rows);
    assertThat(number("SELECT count(*) FROM sqlite_master WHERE name = 'page'")).isZero();
  }
}
