package net.homeport.store.sqlite;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import net.homeport.registry.catalog.Catalog;
import net.homeport.registry.catalog.CatalogStore;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Catalogs in the embedded store. */
public final class SqliteCatalogStore implements CatalogStore {
  private final SqliteDatabase database;

  public SqliteCatalogStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<Catalog> catalogs() {
    return database.read(
        "read the catalogs",
        connection -> {
          var catalogs = new ArrayList<Catalog>();
          CheckedTable.CATALOG.forEach(
              connection,
              row ->
                  catalogs.add(
                      new Catalog(
                          SqlitePolicyStore.name(row.getBytes(2)),
                          names(row.getString(3)),
                          Instant.ofEpochMilli(row.getLong(4)))));
          return catalogs;
        });
  }

  private static Set<Name> names(String lines) {
    Set<Name> names = new HashSet<>();
    for (String line : lines.lines().toList()) {
      try {
        names.add(Name.fromString(line));
      } catch (TextParseException e) {
        throw new DamagedContentException("a name in a catalog is illegible: " + e, e);
      }
    }
    return names;
  }

  @Override
  public void put(Catalog catalog) {
    database.write(
        "keep the catalog " + catalog.zone(),
        connection ->
            CheckedTable.CATALOG.put(
                connection,
                catalog.zone().toWireCanonical(),
                catalog.zone().toWire(),
                catalog.except().stream().map(Name::toString).collect(Collectors.joining("\n")),
                catalog.createdAt().toEpochMilli()));
  }

  @Override
  public void removeCatalog(Name zone) {
    database.write(
        "remove the catalog " + zone,
        connection -> CheckedTable.CATALOG.remove(connection, zone.toWireCanonical()));
  }

  /** The row number of a zone: that of a zone that was removed stays with its history. */
  @Override
  public OptionalLong creation(Name zone) {
    return database.read(
        "read which creation of a zone is there",
        connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT id FROM zone WHERE apex_key = ? AND removed_at IS NULL")) {
            select.setBytes(1, zone.toWireCanonical());
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
          }
        });
  }
}
