package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import net.homeport.web.api.ApiModel.SecondaryView;
import net.homeport.web.api.ApiModel.ZoneView;
import org.jspecify.annotations.Nullable;

/** Zones in lines for a person. */
final class ZoneLines {
  private ZoneLines() {}

  static void print(PrintWriter out, List<ZoneView> zones) {
    boolean copies = zones.stream().anyMatch(zone -> zone.secondary() != null);
    var table =
        copies
            ? new TextTable("ZONE", "SERIAL", "NAMES", "ROLE", "LAST CHECK", "NEXT CHECK", "ERROR")
            : new TextTable("ZONE", "SERIAL", "NAMES", "ROLE");
    for (ZoneView zone : zones) {
      String serial = Long.toString(zone.serial());
      String names = Integer.toString(zone.names());
      SecondaryView copy = zone.secondary();
      if (!copies) {
        table.row(zone.name(), serial, names, zone.role());
      } else if (copy == null) {
        table.row(zone.name(), serial, names, zone.role(), "", "", "");
      } else {
        table.row(
            zone.name(),
            zone.names() == 0 ? "-" : serial,
            names,
            zone.role() + (copy.expired() ? ", expired" : ""),
            time(copy.lastChecked(), "never"),
            time(copy.nextCheck(), "now"),
            time(copy.lastError(), ""));
      }
    }
    table.print(out);
  }

  /** How it stands with a copy; nothing of another zone. */
  static void printSecondary(PrintWriter out, ZoneView zone) {
    SecondaryView copy = zone.secondary();
    if (copy == null) {
      return;
    }
    out.printf("primaries:  %s%n", String.join(", ", copy.primaries()));
    if (copy.tlsBy() != null) {
      out.printf("TLS:        %s%n", copy.tlsBy());
    }
    if (copy.lastError() != null) {
      out.printf("error:      %s%n", copy.lastError());
    } else if (zone.names() > 0) {
      out.printf(
          "serial %d, %d names; last check %s%n",
          zone.serial(), zone.names(), time(copy.lastChecked(), "never"));
    }
    if (copy.expired()) {
      out.println("expired:    no primary was heard for too long; it answers SERVFAIL");
    }
    if (copy.nextCheck() != null) {
      out.printf("next check: %s%n", copy.nextCheck());
    }
  }

  private static String time(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
