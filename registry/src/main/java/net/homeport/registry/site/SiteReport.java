package net.homeport.registry.site;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.HostWish;

/**
 * What was said of the sources of a site at once.
 *
 * @param uplink which connection it is about; empty for a site that has no named ones
 * @param sources by name; those it says nothing of do not appear
 * @param by who says so
 */
public record SiteReport(String uplink, Map<String, SourceReport> sources, Instant at, String by) {
  public SiteReport {
    sources = Map.copyOf(sources);
  }

  /** What a host's request says of the sources that it speaks for. */
  static SiteReport of(Site site, Host reporter, HostWish wish, String username, Instant at) {
    Map<String, SourceReport> sources = new TreeMap<>();
    for (AddressSource source : site.sources().values()) {
      if (source.isReportedBy(reporter)) {
        SourceReport report = source.of(wish);
        if (!(report instanceof SourceReport.Silent)) {
          sources.put(source.name(), report);
        }
      }
    }
    return new SiteReport(
        site.uplinkOf(wish.uplink(), username), sources, at, reporter.name().toString(true));
  }

  /** A sign of life that says nothing of addresses. */
  SiteReport withoutSources() {
    return new SiteReport(uplink, Map.of(), at, by);
  }

  /** With the networks that the sources of the site take of what is said. */
  SiteReport cut(Site site) {
    Map<String, SourceReport> networks = new TreeMap<>(sources);
    networks.replaceAll((name, said) -> {
      AddressSource source = site.sources().get(name);
      return source != null && said instanceof SourceReport.Is is
          ? new SourceReport.Is(source.cut(is.value()))
          : said;
    });
    return new SiteReport(uplink, networks, at, by);
  }

  Set<String> names() {
    return sources.keySet();
  }
}
