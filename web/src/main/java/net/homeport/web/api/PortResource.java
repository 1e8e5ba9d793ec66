package net.homeport.web.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.account.Principal;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.probe.DeclaredPorts;
import net.homeport.registry.probe.ProbeResult;
import net.homeport.registry.probe.ReachabilityProbe;
import net.homeport.registry.truth.AddressClass;
import net.homeport.web.api.LivenessModel.PortsSaid;
import net.homeport.web.api.LivenessModel.PortsView;
import net.homeport.web.api.LivenessModel.ProbeView;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/hosts/NAME/ports}: the ports at which a host wants to be reached, and with {@code
 * POST .../probe} whether they answer.
 */
public final class PortResource implements ApiResource {
  /** A host is not probed more often. */
  static final Duration BETWEEN_PROBES = Duration.ofSeconds(10);

  private final HostRegistry registry;
  private final HostDetails details;
  private final DeclaredPorts ports;
  private final ReachabilityProbe probe;
  private final InstantSource clock;

  public PortResource(
      HostRegistry registry,
      HostDetails details,
      DeclaredPorts ports,
      ReachabilityProbe probe,
      InstantSource clock) {
    this.registry = registry;
    this.details = details;
    this.ports = ports;
    this.probe = probe;
    this.clock = clock;
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of("GET hosts/{name}/ports", "PUT hosts/{name}/ports", "POST hosts/{name}/probe");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    return switch (request.operation()) {
      case "GET hosts/{name}/ports" ->
          HostAnswers.with(request, registry, details, Deed.VIEW, this::view);
      case "PUT hosts/{name}/ports" -> {
        PortsSaid said = request.body(PortsSaid.class);
        yield HostAnswers.with(
            request, registry, details, Deed.MANAGE_HOSTS, host -> declare(host, said));
      }
      case "POST hosts/{name}/probe" ->
          HostAnswers.with(
              request, registry, details, Deed.MANAGE_HOSTS, host -> probe(host, request));
      default -> null;
    };
  }

  private ApiResult view(Host host) {
    return ApiResult.ok(
        new PortsView(
            ApiNames.text(host.name()),
            ports.of(host),
            probe.results(host).stream().map(PortResource::view).toList()));
  }

  private static ProbeView view(ProbeResult result) {
    return new ProbeView(
        result.port(),
        AddressText.of(result.address()),
        result.answer().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        result.outcome(),
        result.at().toString());
  }

  private ApiResult declare(Host host, PortsSaid said) {
    try {
      ports.declare(host, Objects.requireNonNullElse(said.ports(), List.of()));
    } catch (IllegalArgumentException e) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "not possible", String.valueOf(e.getMessage()));
    }
    return view(host);
  }

  private ApiResult probe(Host host, ApiRequest request) {
    boolean everywhere = request.isSet("private");
    if (everywhere && !(request.principal() instanceof Principal.ServerAdministrator)) {
      return ApiResult.problem(
          HttpStatus.FORBIDDEN_403,
          "public addresses only",
          "only the administrator of the server may have private addresses probed: they are of the server's own network");
    }
    if (ports.of(host).isEmpty()) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400,
          "no ports",
          "%s declares no ports; 'homeport host ports %s 443' does"
              .formatted(ApiNames.text(host.name()), ApiNames.text(host.name())));
    }
    Instant soonest =
        probe.results(host).stream()
            .filter(one -> one.answer() != ProbeResult.Answer.NOT_TRIED)
            .map(ProbeResult::at)
            .max(Instant::compareTo)
            .map(last -> last.plus(BETWEEN_PROBES))
            .orElse(Instant.MIN);
    if (clock.instant().isBefore(soonest)) {
      return ApiResult.problem(
          HttpStatus.TOO_MANY_REQUESTS_429,
          "probed just now",
          "a host is probed at most each %d seconds; its last results are shown by 'homeport host ports'"
              .formatted(BETWEEN_PROBES.toSeconds()));
    }
    try {
      probe.probe(
          host,
          ports.of(host),
          everywhere ? EnumSet.allOf(AddressClass.class) : Set.of(AddressClass.PUBLIC));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ApiResult.problem(
          HttpStatus.SERVICE_UNAVAILABLE_503, "stopped", "the server is being stopped");
    }
    return view(host);
  }
}
