package net.homeport.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
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
        _ -> {
          upsert(site);
          run("DELETE FROM site_source WHERE site = ?", site.name());
          for (AddressSource source : site.sources().values()) {
            Name reporter = source.reporter();
            run(
                "INSERT INTO site_source (site, name, reporter, takes, prefix_length, since) VALUES (?, ?, ?, ?, ?, ?)",
                site.name(),
                source.name(),
                reporter == null ? null : reporter.toWireCanonical(),
                source.takes(),
                source.prefixLength(),
                source.since().toEpochMilli());
          }
          run("DELETE FROM site_uplink WHERE site = ?", site.name());
          int place = 0;
          for (Uplink uplink : site.uplinks()) {
            run(
                "INSERT INTO site_uplink (site, place, name, weight, silence, username) VALUES (?, ?, ?, ?, ?, ?)",
                site.name(),
                place++,
                uplink.name(),
                uplink.weight(),
                uplink.interval().toMillis(),
                uplink.username());
          }
          return null;
        });
  }

  private void upsert(Site site) throws SQLException {
    UplinkPolicy policy = site.policy();
    run(
        "INSERT INTO site (name, policy, published, hold_down, fail_back_delay, flap_penalty, flap_suppress, flap_reuse, flap_half_life, flap_longest, unstable_ttl, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            + " policy = excluded.policy, published = excluded.published, hold_down = excluded.hold_down,"
            + " fail_back_delay = excluded.fail_back_delay, flap_penalty = excluded.flap_penalty,"
            + " flap_suppress = excluded.flap_suppress, flap_reuse = excluded.flap_reuse,"
            + " flap_half_life = excluded.flap_half_life, flap_longest = excluded.flap_longest,"
            + " unstable_ttl = excluded.unstable_ttl",
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
        site.createdAt().toEpochMilli());
  }

  @Override
  public void remove(String site) {
    database.write("remove the site " + site, _ -> run("DELETE FROM site WHERE name = ?", site));
  }

  @Override
  public void put(SiteMember member) {
    database.write(
        "keep the plans of " + member.host(),
        _ ->
            run(
                "INSERT OR REPLACE INTO site_host (host, site, ipv4, ipv6, since) VALUES (?, ?, ?, ?, ?)",
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
        _ -> run("DELETE FROM site_host WHERE host = ?", (Object) host.toWireCanonical()));
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
