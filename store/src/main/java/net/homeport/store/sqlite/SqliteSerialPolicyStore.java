package net.homeport.store.sqlite;

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
          try {
            CheckedTable.SERIAL_POLICY.forEach(
                connection,
                row -> {
                  String policy = row.getString(2).toUpperCase(Locale.ROOT);
                  policies.put(
                      SqlitePolicyStore.name(row.getBytes(1)), SerialPolicy.valueOf(policy));
                });
          } catch (IllegalArgumentException e) {
            throw new DamagedContentException("a serial policy is illegible: " + e, e);
          }
          return policies;
        });
  }

  @Override
  public void putSerialPolicy(Name zone, SerialPolicy policy) {
    database.write(
        "keep the serial policy of " + zone,
        connection ->
            CheckedTable.SERIAL_POLICY.put(
                connection, zone.toWireCanonical(), policy.name().toLowerCase(Locale.ROOT)));
  }
}
