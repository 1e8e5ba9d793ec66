package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.homeport.registry.site.AddressSource;
import net.homeport.registry.site.FlapDamping;
import net.homeport.registry.site.HostPlanText;
import net.homeport.registry.site.Site;
import net.homeport.registry.site.SiteMember;
import net.homeport.registry.site.SourceKey;
import net.homeport.registry.site.SourceValue;
import net.homeport.registry.site.StoredSite;
import net.homeport.registry.site.Uplink;
import net.homeport.registry.site.UplinkPolicy;
import net.homeport.zone.address.AddressBlock;
import org.xbill.DNS.Name;

/** Reads the tables of sites: each table once, whatever the number of sites. */
final class SiteRows {
  private static final List<UplinkPolicy.Kind> KINDS =
      List.of(UplinkPolicy.Kind.ALL, UplinkPolicy.Kind.PRIORITY, UplinkPolicy.Kind.WEIGHTED);

  private final Connection connection;
  private final Map<String, Map<String, AddressSource>> sources = new HashMap<>();
  private final Map<String, List<Uplink>> uplinks = new HashMap<>();
  private final Map<String, Map<SourceKey, SourceValue>> values = new HashMap<>();
  private final Map<String, List<String>> chosen = new HashMap<>();

  SiteRows(Connection connection) {
    this.connection = connection;
  }

  /** What stands for a kind in the store; never changed. */
  static int number(UplinkPolicy.Kind kind) {
    return KINDS.indexOf(kind);
  }

  private void forEach(String what, CheckedTable table, CheckedTable.EachRow each)
      throws SQLException {
    try {
      table.forEach(connection, each);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DamagedContentException(what + ": " + e.getMessage(), e);
    }
  }

  /** Of tables without checksums. */
  private void forEach(String what, String sql, CheckedTable.EachRow each) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        each.accept(row);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DamagedContentException(what + ": " + e.getMessage(), e);
    }
  }

  List<StoredSite> sites() throws SQLException {
    forEach("an address source of a site", CheckedTable.SITE_SOURCE, this::source);
    forEach(
        "an uplink of a site",
        CheckedTable.SITE_UPLINK,
        row ->
            uplinks
                .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                .add(
                    new Uplink(
                        row.getString(3),
                        row.getInt(4),
                        Duration.ofMillis(row.getLong(5)),
                        row.getString(6))));
    forEach(
        "the value of an address source",
        "SELECT site, source, uplink, value, at, by, length_before FROM site_value",
        row ->
            values
                .computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                .put(
                    new SourceKey(row.getString(2), row.getString(3)),
                    new SourceValue(
                        AddressBlock.parse(row.getString(4)),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getString(6),
                        row.getInt(7))));
    forEach(
        "the uplink of a site in use",
        "SELECT site, uplink FROM site_chosen ORDER BY site, place",
        row ->
            chosen.computeIfAbsent(row.getString(1), _ -> new ArrayList<>()).add(row.getString(2)));
    var sites = new ArrayList<StoredSite>();
    forEach("a site", CheckedTable.SITE, row -> sites.add(site(row)));
    return sites;
  }

  private void source(ResultSet row) throws SQLException {
    byte[] reporter = row.getBytes(3);
    var source =
        new AddressSource(
            row.getString(2),
            reporter == null ? null : name(reporter),
            row.getString(4),
            row.getInt(5),
            Instant.ofEpochMilli(row.getLong(6)));
    sources.computeIfAbsent(row.getString(1), _ -> new HashMap<>()).put(source.name(), source);
  }

  private StoredSite site(ResultSet row) throws SQLException {
    String name = row.getString(1);
    var damping =
        new FlapDamping(
            row.getDouble(6),
            row.getDouble(7),
            row.getDouble(8),
            Duration.ofMillis(row.getLong(9)),
            Duration.ofMillis(row.getLong(10)));
    var policy =
        new UplinkPolicy(
            KINDS.get(row.getInt(2)),
            row.getInt(3),
            Duration.ofMillis(row.getLong(4)),
            Duration.ofMillis(row.getLong(5)),
            damping,
            row.getLong(11));
    var site =
        new Site(
            name,
            sources.getOrDefault(name, Map.of()),
            policy,
            uplinks.getOrDefault(name, List.of()),
            Instant.ofEpochMilli(row.getLong(12)));
    return new StoredSite(
        site, values.getOrDefault(name, Map.of()), chosen.getOrDefault(name, List.of()));
  }

  List<SiteMember> members() throws SQLException {
    var members = new ArrayList<SiteMember>();
    forEach(
        "a host of a site",
        CheckedTable.SITE_HOST,
        row ->
            members.add(
                new SiteMember(
                    name(row.getBytes(1)),
                    row.getString(2),
                    HostPlanText.parse(row.getString(3)),
                    HostPlanText.parse(row.getString(4)),
                    Instant.ofEpochMilli(row.getLong(5)))));
    return members;
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("the name of a host of a site is illegible: " + e, e);
    }
  }
}
