package net.homeport.store.sqlite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import net.homeport.registry.probe.PortStore;
import org.jspecify.annotations.Nullable;
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
              CheckedTable.HOST_PORT.forEach(
                  connection,
                  row ->
                      all.computeIfAbsent(
                              SqlitePolicyStore.name(row.getBytes(1)), _ -> new ArrayList<>())
                          .add(row.getInt(2)));
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
          CheckedTable.HOST_PORT.remove(connection, name);
          // A host that was removed meanwhile has no row any more that this could belong to.
          return SqliteLivenessStore.hasHost(connection, name)
              ? CheckedTable.HOST_PORT.insertAll(
                  connection,
                  ports.stream()
                      .<@Nullable Object[]>map(port -> new Object[] {name, port})
                      .toList())
              : 0;
        });
  }
}
