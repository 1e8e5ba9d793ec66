package net.homeport.web.console;

import java.util.List;
import net.homeport.web.console.HostPageModel.HostLink;
import net.homeport.web.console.HostPageModel.SourceRow;
import net.homeport.web.console.HostPageModel.UplinkRow;

/** What the pages of sites show: data as people read it, not yet escaped. */
public final class SiteModel {
  private SiteModel() {}

  /**
   * One page of all sites.
   *
   * @param count of all sites
   * @param page from 1 to {@code pages}
   */
  public record SiteTable(int count, int page, int pages, List<SiteRow> rows) {
    public SiteTable {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A site in one row.
   *
   * @param sources its address sources, with what they are
   * @param uplinks in use, in their order; empty if it has no named ones
   * @param unstable whether uplinks come and go
   */
  public record SiteRow(
      String name, int hosts, List<SourceRow> sources, List<String> uplinks, boolean unstable) {
    public SiteRow {
      sources = List.copyOf(sources);
      uplinks = List.copyOf(uplinks);
    }
  }

  /**
   * The page of one site.
   *
   * @param policy which uplinks are published, in words; empty if it has no named ones
   * @param hosts the first ones by name
   * @param hostCount of all its hosts
   */
  public record SitePage(
      String name,
      boolean unstable,
      List<SourceRow> sources,
      List<UplinkRow> uplinks,
      String policy,
      List<MemberRow> hosts,
      int hostCount) {
    public SitePage {
      sources = List.copyOf(sources);
      uplinks = List.copyOf(uplinks);
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * A host of a site.
   *
   * @param ipv4 where its IPv4 address comes from, in words
   * @param ipv6 where its IPv6 address comes from, in words
   * @param addresses what DNS answers
   * @param misfits why its plans give no address
   */
  public record MemberRow(
      HostLink host, String ipv4, String ipv6, List<String> addresses, List<String> misfits) {
    public MemberRow {
      addresses = List.copyOf(addresses);
      misfits = List.copyOf(misfits);
    }
  }
}
