package net.homeport.web.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the templates of the console show: data as people read it, not yet escaped. */
public final class ConsoleModel {
  private ConsoleModel() {}

  /** URLs of the assets that every page needs. */
  public record Links(String stylesheet, String script, String logo) {}

  /**
   * A host.
   *
   * @param name its full name without the trailing dot; tells rows apart
   * @param link URL of its page
   * @param label the part of the name before the zone's
   * @param zoneSuffix the rest, with its leading dot; empty when the host is the zone's apex
   * @param username of the credential that may change it; empty when it is the host's name, as it
   *     is unless hosts share a credential
   * @param addresses present ones, IPv4 first
   * @param ttl in seconds
   * @param change null before the first update
   */
  public record HostRow(
      String name,
      String link,
      String label,
      String zoneSuffix,
      String username,
      List<String> addresses,
      long ttl,
      @Nullable Change change) {
    public HostRow {
      addresses = List.copyOf(addresses);
    }

    /** Whether no device has ever told an address, and there is none. */
    public boolean awaitsFirstUpdate() {
      return change == null && addresses.isEmpty();
    }
  }

  /**
   * The last change of a host.
   *
   * @param actor user name of the credential that asked
   * @param source address it came from; empty for a command on this machine
   */
  public record Change(Instant at, String actor, String source, String frontDoor) {}

  /**
   * One page of the hosts that match a filter.
   *
   * @param zones number of all zones
   * @param hosts number of all hosts
   * @param matching number of hosts that match the filter
   * @param filter as typed; empty for all
   * @param page from 1 to {@code pages}
   * @param exampleHost a name that could be the first host's; empty when there are hosts, or no
   *     zone fit for one
   */
  public record HostTable(
      int zones,
      int hosts,
      int matching,
      String filter,
      int page,
      int pages,
      String exampleHost,
      List<HostRow> rows) {
    public HostTable {
      rows = List.copyOf(rows);
    }

    /** Number of the page's first host among those that match, from 1. */
    public int firstShown() {
      return (page - 1) * HostTables.ROWS_MAX + 1;
    }

    /** Number of the page's last host among those that match. */
    public int lastShown() {
      return firstShown() + rows.size() - 1;
    }

    /** URL of another page of the same hosts. */
    public String link(int otherPage) {
      String query =
          filter.isEmpty() ? "" : "&q=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
      return "/?page=" + otherPage + query;
    }
  }
}
