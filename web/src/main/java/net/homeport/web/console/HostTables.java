package net.homeport.web.console;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatus;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.web.console.ConsoleModel.Change;
import net.homeport.web.console.ConsoleModel.HostRow;
import net.homeport.web.console.ConsoleModel.HostTable;
import net.homeport.zone.Zone;
import net.homeport.zone.address.AddressText;
import net.homeport.zone.update.Attribution;
import org.xbill.DNS.Name;

/** Puts together what a viewer sees. Thread safe; may read the disk. */
final class HostTables {
  /** Hosts on one page. */
  static final int ROWS_MAX = 200;

  /** Zone names that a shell takes as they are, and that devices live in. */
  private static final Pattern PLAIN_ZONE =
      Pattern.compile("(?!.*\\.arpa$)[a-z0-9_]([a-z0-9._-]*[a-z0-9])?", Pattern.CASE_INSENSITIVE);

  private final HostRegistry registry;
  private final HostStatusReader statuses;
  private final ZoneRegistry zones;

  HostTables(HostRegistry registry, HostStatusReader statuses, ZoneRegistry zones) {
    this.registry = registry;
    this.statuses = statuses;
    this.zones = zones;
  }

  /** The present table of a view; the last page when the view's is beyond it. */
  HostTable table(HostView view) {
    List<Host> hosts = registry.hosts();
    List<Host> matching =
        view.filter().isEmpty() ? hosts : hosts.stream().filter(matches(view.filter())).toList();
    int pages = Math.max(1, Math.ceilDiv(matching.size(), ROWS_MAX));
    int page = Math.min(view.page(), pages);
    int from = (page - 1) * ROWS_MAX;
    List<Host> shown = matching.subList(from, Math.min(from + ROWS_MAX, matching.size()));
    List<Zone> allZones = zones.zones();
    return new HostTable(
        allZones.size(),
        hosts.size(),
        matching.size(),
        view.filter(),
        page,
        pages,
        hosts.isEmpty() ? exampleHost(allZones) : "",
        shown.stream().map(host -> row(statuses.status(host))).toList());
  }

  private Predicate<Host> matches(String filter) {
    String wanted = filter.toLowerCase(Locale.ROOT);
    return host -> contains(text(host.name()), wanted) || contains(username(host), wanted);
  }

  private static boolean contains(String text, String wanted) {
    return text.toLowerCase(Locale.ROOT).contains(wanted);
  }

  private String username(Host host) {
    Credential credential = registry.credentialOf(host);
    return credential == null ? "" : credential.username();
  }

  private static String exampleHost(List<Zone> zones) {
    return zones.stream()
        .map(zone -> text(zone.apex()))
        .filter(name -> PLAIN_ZONE.matcher(name).matches())
        .findFirst()
        .map(name -> "branch1." + name)
        .orElse("");
  }

  private static HostRow row(HostStatus status) {
    Host host = status.host();
    String name = text(host.name());
    boolean apex = host.name().equals(host.zone());
    Attribution last = status.lastChange();
    String label = apex ? name : text(host.name().relativize(host.zone()));
    return new HostRow(
        name,
        HostPages.link(name),
        label,
        name.substring(label.length()),
        status.username().equalsIgnoreCase(name) ? "" : status.username(),
        status.addresses().stream().map(AddressText::of).toList(),
        host.ttl(),
        last == null ? null : change(last));
  }

  /** Who changed something, as the pages say it. */
  static Change change(Attribution change) {
    InetAddress source = change.source();
    return new Change(
        change.at(),
        change.actor(),
        source == null ? "" : AddressText.of(source),
        change.frontDoor());
  }

  private static String text(Name name) {
    return name.toString(true);
  }
}
