package net.homeport.store.sqlite;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.alarm.AddressAlarm;
import net.homeport.registry.alarm.AlarmStore;
import net.homeport.zone.address.AddressText;

/** Alarms in the embedded store. */
public final class SqliteAlarmStore implements AlarmStore {
  private final SqliteDatabase database;

  public SqliteAlarmStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<AddressAlarm> alarms() {
    return database.read(
        "read the alarms",
        connection -> {
          var alarms = new ArrayList<AddressAlarm>();
          try (var select =
                  connection.prepareStatement(
                      "SELECT id, address, host, account_id, reported_by, reporter_account_id, raised_at, dismissed FROM address_alarm ORDER BY id");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              alarms.add(
                  new AddressAlarm(
                      row.getLong(1),
                      address(row.getBytes(2)),
                      SqlitePolicyStore.name(row.getBytes(3)),
                      row.getLong(4),
                      SqlitePolicyStore.name(row.getBytes(5)),
                      row.getLong(6),
                      Instant.ofEpochMilli(row.getLong(7)),
                      row.getBoolean(8)));
            }
          }
          return alarms;
        });
  }

  private static InetAddress address(byte[] octets) {
    try {
      return AddressText.ofOctets(octets);
    } catch (IllegalArgumentException e) {
      throw new DamagedContentException("the address of an alarm is illegible: " + e, e);
    }
  }

  @Override
  public void add(AddressAlarm alarm) {
    insert("INSERT OR IGNORE", alarm);
  }

  @Override
  public void put(AddressAlarm alarm) {
    insert("INSERT OR REPLACE", alarm);
  }

  private void insert(String how, AddressAlarm alarm) {
    database.write(
        "keep an alarm",
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  how
                      + " INTO address_alarm (id, address, host, account_id, reported_by, reporter_account_id, raised_at, dismissed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, alarm.id());
            insert.setBytes(2, alarm.address().getAddress());
            insert.setBytes(3, alarm.host().toWire());
            insert.setLong(4, alarm.accountId());
            insert.setBytes(5, alarm.reportedBy().toWire());
            insert.setLong(6, alarm.reporterAccountId());
            insert.setLong(7, alarm.raisedAt().toEpochMilli());
            insert.setBoolean(8, alarm.dismissed());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public void removeAlarm(long id) {
    database.write(
        "forget an alarm",
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM address_alarm WHERE id = ?")) {
            delete.setLong(1, id);
            return delete.executeUpdate();
          }
        });
  }
}
