package net.homeport.store.sqlite;

import java.io.IOException;
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
          try (var select =
                  connection.prepareStatement(
                      "SELECT spelled, except_zones, created_at FROM catalog");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              catalogs.add(
                  new Catalog(
                      new Name(row.getBytes(1)),
                      names(row.getString(2)),
                      Instant.ofEpochMilli(row.getLong(3))));
            }
          } catch (IOException e) {
            throw new DamagedContentException("a catalog is illegible: " + e, e);
          }
          return catalogs;
        });
  }

  private static Set<Name> names(String lines) throws IOException {
    Set<Name> names = new HashSet<>();
    for (String line : lines.lines().toList()) {
      names.add(Name.fromString(line));
    }
    return names;
  }

  @Override
  public void put(Catalog catalog) {
    database.write(
        "keep the catalog " + catalog.zone(),
        connection -> {
          try (var put =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO catalog (name, spelled, except_zones, created_at) VALUES (?, ?, ?, ?)")) {
            put.setBytes(1, catalog.zone().toWireCanonical());
            put.setBytes(2, catalog.zone().toWire());
            put.setString(
                3, catalog.except().stream().map(Name::toString).collect(Collectors.joining("\n")));
            put.setLong(4, catalog.createdAt().toEpochMilli());
            return put.executeUpdate();
          }
        });
  }

  @Override
  public void removeCatalog(Name zone) {
    database.write(
        "remove the catalog " + zone,
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM catalog WHERE name = ?")) {
            delete.setBytes(1, zone.toWireCanonical());
            return delete.executeUpdate();
          }
        });
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
