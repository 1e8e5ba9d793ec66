package net.homeport.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.xbill.DNS.Name;

/** Checks that hosts, credentials and zones refer to each other, and counts keys. One thread. */
final class HostTablesCheck {
  private final Connection connection;
  private final Findings findings;
  private final Set<Name> zones = new HashSet<>();
  private final Set<Long> credentials = new HashSet<>();
  private final Set<Long> used = new HashSet<>();

  HostTablesCheck(Connection connection, Findings findings) {
    this.connection = connection;
    this.findings = findings;
  }

  /** What is done with each row of a table. */
  @FunctionalInterface
  private interface EachRow {
    void accept(ResultSet row) throws SQLException;
  }

  void run() throws SQLException {
    findings.guard(
        "table zone",
        () ->
            forEach(
                "table zone",
                "SELECT apex_key FROM zone WHERE removed_at IS NULL",
                row -> zones.add(name(row.getBytes(1)))));
    findings.guard(
        "table credential",
        () -> forEach("table credential", "SELECT id FROM credential", this::credential));
    findings.guard(
        "table host",
        () ->
            forEach(
                "table host", "SELECT name, spelled, zone, credential_id FROM host", this::host));
    findings.guard(
        "table credential_profile",
        () ->
            forEach(
                "table credential_profile",
                "SELECT credential_id FROM credential_profile WHERE separate = 1",
                row -> used.add(row.getLong(1))));
    findings.guard("table credential", this::unused);
    findings.guard(
        "table update_key",
        () -> forEach("table update_key", "SELECT name, spelled FROM update_key", this::key));
  }

  private void forEach(String where, String sql, EachRow each) throws SQLException {
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        findings.guard(where, () -> each.accept(row));
      }
    }
  }

  private static Name name(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new DamagedContentException("a name is illegible", e);
    }
  }

  private void credential(ResultSet row) throws SQLException {
    findings.credentials++;
    credentials.add(row.getLong(1));
  }

  private void host(ResultSet row) throws SQLException {
    findings.hosts++;
    Name host = name(row.getBytes(2));
    String where = "host " + host.toString(true);
    if (!Arrays.equals(host.toWireCanonical(), row.getBytes(1))) {
      findings.add(where, "the two forms of its name differ");
    }
    Name zone = name(row.getBytes(3));
    String action =
        "remove it ('./homeport host remove %s'), or restore a backup (docs/guides/history-and-backup.md)"
            .formatted(host.toString(true));
    if (!zones.contains(zone)) {
      findings.add(where, "its zone %s does not exist".formatted(zone.toString(true)), action);
    } else if (!host.subdomain(zone)) {
      findings.add(where, "it is not in its zone %s".formatted(zone.toString(true)), action);
    }
    long credential = row.getLong(4);
    used.add(credential);
    if (!credentials.contains(credential)) {
      findings.add(where, "its credential %d does not exist".formatted(credential), action);
    }
  }

  private void unused() {
    for (long credential : credentials) {
      if (!used.contains(credential)) {
        findings.add("credential " + credential, "it is of no host");
      }
    }
  }

  private void key(ResultSet row) throws SQLException {
    findings.keys++;
    Name key = name(row.getBytes(2));
    if (!Arrays.equals(key.toWireCanonical(), row.getBytes(1))) {
      findings.add("key " + key.toString(true), "the two forms of its name differ");
    }
  }
}
