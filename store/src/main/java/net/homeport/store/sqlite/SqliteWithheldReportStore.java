package net.homeport.store.sqlite;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.restriction.WithheldReportStore;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.EarlierReport;
import net.homeport.registry.update.HostWish;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;
import org.xbill.DNS.Name;

/** Withheld reports in the embedded store. */
public final class SqliteWithheldReportStore implements WithheldReportStore {
  private final SqliteDatabase database;

  public SqliteWithheldReportStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<EarlierReport> reports() {
    return database.read(
        "read the withheld reports",
        connection -> {
          var reports = new ArrayList<EarlierReport>();
          CheckedTable.WITHHELD_REPORT.forEach(connection, row -> reports.add(report(row)));
          return reports;
        });
  }

  private static EarlierReport report(ResultSet row) throws SQLException {
    Name host = SqlitePolicyStore.name(row.getBytes(1));
    try {
      return new EarlierReport(
          host,
          row.getLong(2),
          new RequestOrigin(
              InetAddress.ofLiteral(row.getString(3)), row.getString(4), row.getString(5), ""),
          new HostWish(
              host.toString(true),
              wish(row.getString(6)),
              wish(row.getString(7)),
              networks(row.getString(8)),
              row.getString(9)),
          Instant.ofEpochMilli(row.getLong(10)));
    } catch (IllegalArgumentException e) {
      throw new DamagedContentException("a withheld report is illegible: " + e, e);
    }
  }

  @Override
  public void keep(List<EarlierReport> reports, List<Name> forgotten) {
    database.write(
        "keep withheld reports",
        connection -> {
          for (Name host : forgotten) {
            CheckedTable.WITHHELD_REPORT.remove(connection, host.toWireCanonical());
          }
          for (EarlierReport report : reports) {
            byte[] host = report.host().toWireCanonical();
            // A host that was removed meanwhile has no row any more that this could belong to.
            if (SqliteLivenessStore.hasHost(connection, host)) {
              CheckedTable.WITHHELD_REPORT.put(
                  connection,
                  host,
                  report.credentialId(),
                  AddressText.of(report.origin().source()),
                  report.origin().frontDoor(),
                  report.origin().tlsVersion(),
                  text(report.wish().ipv4()),
                  text(report.wish().ipv6()),
                  text(report.wish().sources()),
                  report.wish().uplink(),
                  report.at().toEpochMilli());
            }
          }
          return 0;
        });
  }

  private static String text(AddressWish wish) {
    return switch (wish) {
      case AddressWish.Keep _ -> "keep";
      case AddressWish.Withdraw _ -> "withdraw";
      case AddressWish.Publish publish ->
          publish.addresses().stream()
              .map(address -> " " + AddressText.of(address))
              .collect(Collectors.joining("", "publish", ""));
      case AddressWish.Renumber renumber -> "renumber " + renumber.network();
    };
  }

  private static AddressWish wish(String text) {
    List<String> words = Arrays.asList(text.split(" ", -1));
    List<String> what = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "keep" -> AddressWish.KEEP;
      case "withdraw" -> AddressWish.WITHDRAW;
      case "publish" -> new AddressWish.Publish(what.stream().map(InetAddress::ofLiteral).toList());
      case "renumber" -> new AddressWish.Renumber(AddressBlock.parse(String.join(" ", what)));
      default -> throw new IllegalArgumentException("no wish: " + text);
    };
  }

  private static String text(Map<String, AddressBlock> networks) {
    return new TreeMap<>(networks)
        .entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(" "));
  }

  private static Map<String, AddressBlock> networks(String text) {
    return text.isEmpty()
        ? Map.of()
        : Arrays.stream(text.split(" ", -1))
            .map(each -> each.split("=", 2))
            .collect(Collectors.toMap(each -> each[0], each -> AddressBlock.parse(each[1])));
  }
}
