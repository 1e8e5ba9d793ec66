package net.homeport.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.homeport.registry.site.AddressSource;
import net.homeport.registry.site.Site;
import net.homeport.registry.site.SiteMember;
import net.homeport.registry.site.SiteStore;
import net.homeport.registry.site.SourceKey;
import net.homeport.registry.site.SourceValue;
import net.homeport.registry.site.StoredSite;
import net.homeport.registry.site.Uplink;
import net.homeport.registry.site.UplinkPolicy;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Sites in the embedded store. */
public final class SqliteSiteStore implements SiteStore {
  private final SqliteDatabase database;

  public SqliteSiteStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<StoredSite> sites() {
    return database.read("read the sites", connection -> new SiteRows(connection).sites());
  }

  @Override
  public List<SiteMember> members() {
    return database.read(
        "read the hosts of sites", connection -> new SiteRows(connection).members());
  }

  @Override
  public void put(Site site) {
    database.write(
        "keep the site " + site.name(),
        connection -> {
          CheckedTable.SITE.put(connection, row(site));
          CheckedTable.SITE_SOURCE.remove(connection, site.name());
          var sources = new ArrayList<@Nullable Object[]>();
          for (AddressSource source : site.sources().values()) {
            Name reporter = source.reporter();
            sources.add(
                new @Nullable Object[] {
                  site.name(),
                  source.name(),
                  reporter == null ? null : reporter.toWireCanonical(),
                  source.takes(),
                  source.prefixLength(),
                  source.since().toEpochMilli()
                });
          }
          CheckedTable.SITE_SOURCE.insertAll(connection, sources);
          CheckedTable.SITE_UPLINK.remove(connection, site.name());
          var uplinks = new ArrayList<@Nullable Object[]>();
          for (Uplink uplink : site.uplinks()) {
            uplinks.add(
                new @Nullable Object[] {
                  site.name(),
                  uplinks.size(),
                  uplink.name(),
                  uplink.weight(),
                  uplink.interval().toMillis(),
                  uplink.username()
                });
          }
          return CheckedTable.SITE_UPLINK.insertAll(connection, uplinks);
        });
  }

  private static @Nullable Object[] row(Site site) {
    UplinkPolicy policy = site.policy();
    return new @Nullable Object[] {
      site.name(),
      SiteRows.number(policy.kind()),
      policy.published(),
      policy.holdDown().toMillis(),
      policy.failBackDelay().toMillis(),
      policy.damping().penalty(),
      policy.damping().suppress(),
      policy.damping().reuse(),
      policy.damping().halfLife().toMillis(),
      policy.damping().longest().toMillis(),
      policy.unstableTtl(),
      site.createdAt().toEpochMilli()
    };
  }

  @Override
  public void remove(String site) {
    database.write(
        "remove the site " + site, connection -> CheckedTable.SITE.remove(connection, site));
  }

  @Override
  public void put(SiteMember member) {
    database.write(
        "keep the plans of " + member.host(),
        connection ->
            CheckedTable.SITE_HOST.put(
                connection,
                member.host().toWireCanonical(),
                member.site(),
                member.ipv4().toString(),
                member.ipv6().toString(),
                member.since().toEpochMilli()));
  }

  @Override
  public void removeMember(Name host) {
    database.write(
        "take " + host + " out of its site",
        connection -> CheckedTable.SITE_HOST.remove(connection, host.toWireCanonical()));
  }

  @Override
  public void save(Collection<StoredSite> sites) {
    database.write(
        "keep what sites reported",
        _ -> {
          for (StoredSite stored : sites) {
            save(stored);
          }
          return null;
        });
  }

  private void save(StoredSite stored) throws SQLException {
    String site = stored.site().name();
    run("DELETE FROM site_value WHERE site = ?", site);
    for (Map.Entry<SourceKey, SourceValue> one : stored.values().entrySet()) {
      SourceValue value = one.getValue();
      run(
          "INSERT INTO site_value (site, source, uplink, value, at, by, length_before) VALUES (?, ?, ?, ?, ?, ?, ?)",
          site,
          one.getKey().source(),
          one.getKey().uplink(),
          value.block().toString(),
          value.at().toEpochMilli(),
          value.by(),
          value.lengthBefore());
    }
    run("DELETE FROM site_chosen WHERE site = ?", site);
    List<String> chosen = stored.chosen();
    for (int place = 0; place < chosen.size(); place++) {
      run(
          "INSERT INTO site_chosen (site, place, uplink) VALUES (?, ?, ?)",
          site,
          place,
          chosen.get(place));
    }
  }

  /** Runs one statement, made once; its values are of the types that SQLite has. */
  private int run(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = database.prepared(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeUpdate();
  }
}
