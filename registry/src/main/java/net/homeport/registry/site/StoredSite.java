package net.homeport.registry.site;

import java.util.List;
import java.util.Map;

/**
 * What is durable of a site.
 *
 * @param chosen the uplinks that were in use
 */
public record StoredSite(Site site, Map<SourceKey, SourceValue> values, List<String> chosen) {
  public StoredSite {
    values = Map.copyOf(values);
    chosen = List.copyOf(chosen);
  }
}
