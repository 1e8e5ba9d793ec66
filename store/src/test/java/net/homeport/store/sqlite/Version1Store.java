package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.StoredNode;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.RrsetChange;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A store as version 1 of the schema had it, and what is true of its zones. */
final class Version1Store {
  static final Name APEX = name("Home.test.");
  static final Attribution CREATOR =
      new Attribution("administrator", "api", null, Instant.ofEpochMilli(1));

  private final Path file;
  private ZoneSnapshot zones = ZoneSnapshot.empty(1);

  private Version1Store(Path file) {
    this.file = file;
  }

  /** Writes one with this many names beside the random ones. */
  static Version1Store write(Path file, int names) throws Exception {
    var store = new Version1Store(file);
    store.writeVersion1(names);
    return store;
  }

  /** Its zones, each change replayed. */
  ZoneSnapshot zones() {
    return zones;
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  /** Who changed the names of which the hash is even. */
  static Attribution who(byte[] key) throws Exception {
    int hash = java.util.Arrays.hashCode(key);
    byte[] address = {10, 1, 2, (byte) hash};
    return new Attribution(
        "who" + hash,
        "dyndns2",
        hash % 4 == 0 ? null : InetAddress.getByAddress(address),
        Instant.ofEpochMilli(1_767_225_600_000L + hash));
  }

  static boolean isChanged(byte[] key) {
    return java.util.Arrays.hashCode(key) % 2 == 0;
  }

  /** As version 1 wrote it: a zone that is gone, one as created, one with a change to replay. */
  private void writeVersion1(int names) throws Exception {
    try (Connection connection = connection()) {
      for (String sql : schema()) {
        try (var statement = connection.createStatement()) {
          statement.execute(sql);
        }
      }
      run(connection, "PRAGMA user_version = 1");
      connection.setAutoCommit(false);
      run(connection, "INSERT INTO zone VALUES (1, x'046f6c6400', x'046f6c6400', 0, 5, 1000)");
      List<Record> records = new ArrayList<>(new RandomDns(3).zone(APEX));
      for (int i = 0; i < names; i++) {
        records.add(DnsText.record("h%d.Home.test. 60 A 192.0.2.%d".formatted(i, i % 256)));
      }
      writeZone(connection, 2, ZoneLife.created(zones, APEX, records));
      Name other = name("other.test.");
      writeZone(connection, 4, ZoneLife.created(zones, other, new RandomDns(4).zone(other)));
      replayed(connection);
      connection.commit();
    }
  }

  private void writeZone(Connection connection, long id, Zone zone) throws Exception {
    zones = zones.with(zone);
    try (var insert =
        connection.prepareStatement("INSERT INTO zone VALUES (?, ?, ?, ?, ?, NULL)")) {
      insert.setLong(1, id);
      insert.setBytes(2, zone.apex().toWire());
      insert.setBytes(3, zone.apex().toWireCanonical());
      insert.setLong(4, 0);
      insert.setLong(5, zone.serial());
      insert.executeUpdate();
    }
    var nodes = new ArrayList<byte[]>();
    StoredNode.forEach(zone, nodes::add);
    try (var insert =
        connection.prepareStatement("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (byte[] node : nodes) {
        byte[] key = StoredNode.key(node);
        insert.setLong(1, id);
        insert.setBytes(2, key);
        insert.setBytes(3, node);
        if (isChanged(key)) {
          Attribution who = who(key);
          insert.setLong(4, who.at().toEpochMilli());
          insert.setString(5, who.actor());
          insert.setString(6, who.frontDoor());
          insert.setBytes(7, who.source() == null ? null : who.source().getAddress());
        } else {
          for (int column = 4; column <= 7; column++) {
            insert.setObject(column, null);
          }
        }
        insert.executeUpdate();
      }
    }
  }

  private void replayed(Connection connection) throws SQLException {
    long serial = Objects.requireNonNull(zones.zone(APEX)).serial();
    Rrset address = Rrset.of(DnsText.records("x. 60 A 192.0.2.99"), 60, Management.DYNAMIC);
    var change = new RrsetChange(name("new.Home.test."), Type.A, null, address, CREATOR);
    var changeset = new Changeset(APEX, serial, serial + 1, List.of(change));
    JournalTables.insertChangeset(
        connection,
        2,
        JournalTables.KIND_CHANGED,
        changeset.serialBefore(),
        changeset.serialAfter(),
        changeset.changes());
    zones = changeset.applyTo(zones);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String[] schema() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(SqliteDatabase.class.getResourceAsStream("schema-1.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("--[^\n]*", "")
          .strip()
          .split(";\\s*");
    }
  }
}
