package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import net.homeport.registry.zone.SerialPolicy;
import net.homeport.registry.zone.SerialPolicyStore;
import org.xbill.DNS.Name;

/** Serial policies in the embedded store. */
public final class SqliteSerialPolicyStore implements SerialPolicyStore {
  private final SqliteDatabase database;

  public SqliteSerialPolicyStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public Map<Name, SerialPolicy> serialPolicies() {
    return database.read(
        "read the serial policies",
        connection -> {
          var policies = new HashMap<Name, SerialPolicy>();
          try (var select = connection.prepareStatement("SELECT name, policy FROM serial_policy");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              String policy = row.getString(2).toUpperCase(Locale.ROOT);
              policies.put(new Name(row.getBytes(1)), SerialPolicy.valueOf(policy));
            }
          } catch (IOException | IllegalArgumentException e) {
            throw new DamagedContentException("a serial policy is illegible: " + e, e);
          }
          return policies;
        });
  }

  @Override
  public void putSerialPolicy(Name zone, SerialPolicy policy) {
    database.write(
        "keep the serial policy of " + zone,
        connection -> {
          try (var put =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO serial_policy (name, policy) VALUES (?, ?)")) {
            put.setBytes(1, zone.toWireCanonical());
            put.setString(2, policy.name().toLowerCase(Locale.ROOT));
            return put.executeUpdate();
          }
        });
  }
}
