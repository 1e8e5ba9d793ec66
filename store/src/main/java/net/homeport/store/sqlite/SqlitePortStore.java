package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import net.homeport.registry.probe.PortStore;
import org.xbill.DNS.Name;

/** The ports that hosts declare, in the embedded store. */
public final class SqlitePortStore implements PortStore {
  private final SqliteDatabase database;

  public SqlitePortStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public void eachPorts(BiConsumer<Name, List<Integer>> taker) {
    Map<Name, List<Integer>> ports =
        database.readApart(
            "read the ports of hosts",
            connection -> {
              Map<Name, List<Integer>> all = new LinkedHashMap<>();
              try (var select =
                      connection.prepareStatement(
                          "SELECT host, port FROM host_port ORDER BY host, port");
                  ResultSet row = select.executeQuery()) {
                while (row.next()) {
                  all.computeIfAbsent(new Name(row.getBytes(1)), _ -> new ArrayList<>())
                      .add(row.getInt(2));
                }
              } catch (IOException e) {
                throw new DamagedContentException("the host of a port is illegible: " + e, e);
              }
              return all;
            });
    ports.forEach(taker);
  }

  @Override
  public void putPorts(Name host, List<Integer> ports) {
    byte[] name = host.toWireCanonical();
    database.write(
        "keep the ports of a host",
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM host_port WHERE host = ?");
              var insert =
                  connection.prepareStatement(
                      "INSERT INTO host_port (host, port) SELECT name, ? FROM host WHERE name = ?")) {
            delete.setBytes(1, name);
            delete.executeUpdate();
            for (int port : ports) {
              insert.setInt(1, port);
              insert.setBytes(2, name);
              insert.executeUpdate();
            }
          }
          return 0;
        });
  }
}
