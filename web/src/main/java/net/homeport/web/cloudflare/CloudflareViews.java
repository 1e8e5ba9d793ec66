package net.homeport.web.cloudflare;

import java.util.List;
import java.util.function.Supplier;
import net.homeport.web.cloudflare.CloudflareModel.RecordView;
import net.homeport.web.cloudflare.CloudflareModel.ZoneView;
import net.homeport.web.cloudflare.CloudflareRecords.Entry;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Zones and records in the words of Cloudflare. Thread safe. */
final class CloudflareViews {
  /** The host's own TTL. */
  private static final int TTL_AUTOMATIC = 1;

  private final CloudflareRecords records;
  private final Supplier<ZoneSnapshot> zones;

  CloudflareViews(CloudflareRecords records, Supplier<ZoneSnapshot> zones) {
    this.records = records;
    this.zones = zones;
  }

  ZoneView zone(Name apex) {
    Zone zone = zones.get().zone(apex);
    Rrset servers = zone == null ? null : zone.rrset(apex, Type.NS);
    List<String> names =
        servers == null
            ? List.of()
            : servers.records(apex).stream()
                .map(record -> ((NSRecord) record).getTarget().toString(true))
                .toList();
    return new ZoneView(
        records.zoneId(apex),
        apex.toString(true),
        "active",
        false,
        "full",
        names,
        List.of("#dns_records:read", "#dns_records:edit"));
  }

  RecordView record(Entry entry) {
    Name zone = entry.host().zone();
    return new RecordView(
        entry.id(),
        records.zoneId(zone),
        zone.toString(true),
        entry.owner().toString(true),
        Type.string(entry.type()),
        entry.content().isEmpty() ? none(entry.type()) : entry.content(),
        false,
        false,
        TTL_AUTOMATIC,
        "",
        List.of(),
        entry.host().createdAt().toString());
  }

  /** What stands for "no address yet"; DNS never answers it. */
  private static String none(int type) {
    return type == Type.A ? "0.0.0.0" : "::";
  }
}
