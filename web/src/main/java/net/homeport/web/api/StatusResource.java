package net.homeport.web.api;

import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.web.api.ApiModel.CertificateView;
import net.homeport.web.api.ApiModel.StatusView;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/status}. */
public final class StatusResource implements ApiResource {
  private final String version;
  private final Supplier<List<String>> dns;
  private final Supplier<List<String>> dot;
  private final Supplier<List<String>> stun;
  private final Supplier<List<String>> web;
  private final Supplier<@Nullable CertificateView> certificate;
  private final ZoneRegistry zones;
  private final HostRegistry hosts;

  /**
   * @param dns addresses and ports where DNS is served
   * @param dot addresses and ports where DNS over TLS is served
   * @param stun addresses and ports where STUN is served
   * @param web URLs where the web is served
   * @param certificate the server's certificate
   */
  public StatusResource(
      String version,
      Supplier<List<String>> dns,
      Supplier<List<String>> dot,
      Supplier<List<String>> stun,
      Supplier<List<String>> web,
      Supplier<@Nullable CertificateView> certificate,
      ZoneRegistry zones,
      HostRegistry hosts) {
    this.version = version;
    this.dns = dns;
    this.dot = dot;
    this.stun = stun;
    this.web = web;
    this.certificate = certificate;
    this.zones = zones;
    this.hosts = hosts;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) {
    return request.operation().equals("GET status") ? get() : null;
  }

  ApiResult get() {
    return ApiResult.ok(
        new StatusView(
            version,
            dns.get(),
            dot.get(),
            stun.get(),
            web.get(),
            certificate.get(),
            zones.zones().size(),
            hosts.hostCount()));
  }
}
