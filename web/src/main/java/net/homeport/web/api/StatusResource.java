package net.homeport.web.api;

import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.web.api.ApiModel.StatusView;

/** {@code /api/v1/status}. */
public final class StatusResource {
  private final String version;
  private final Supplier<List<String>> dns;
  private final Supplier<List<String>> web;
  private final ZoneRegistry zones;
  private final HostRegistry hosts;

  /**
   * @param dns addresses and ports where DNS is served
   * @param web URLs where the web is served
   */
  public StatusResource(
      String version,
      Supplier<List<String>> dns,
      Supplier<List<String>> web,
      ZoneRegistry zones,
      HostRegistry hosts) {
    this.version = version;
    this.dns = dns;
    this.web = web;
    this.zones = zones;
    this.hosts = hosts;
  }

  ApiResult get() {
    return ApiResult.ok(
        new StatusView(version, dns.get(), web.get(), zones.zones().size(), hosts.hostCount()));
  }
}
