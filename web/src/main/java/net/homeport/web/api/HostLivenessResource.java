package net.homeport.web.api;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.liveness.LivenessBook;
import net.homeport.registry.liveness.LivenessPolicies;
import net.homeport.web.api.LivenessModel.LivenessSaid;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/hosts/NAME/liveness}: how it stands with one host, and what is said of it. */
public final class HostLivenessResource implements ApiResource {
  private final HostRegistry registry;
  private final HostDetails details;
  private final LivenessBook book;
  private final LivenessPolicies policies;
  private final InstantSource clock;

  public HostLivenessResource(
      HostRegistry registry,
      HostDetails details,
      LivenessBook book,
      LivenessPolicies policies,
      InstantSource clock) {
    this.registry = registry;
    this.details = details;
    this.book = book;
    this.policies = policies;
    this.clock = clock;
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of("GET hosts/{name}/liveness", "PUT hosts/{name}/liveness");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    return switch (request.operation()) {
      case "GET hosts/{name}/liveness" ->
          HostAnswers.with(request, registry, details, Deed.VIEW, this::view);
      case "PUT hosts/{name}/liveness" -> {
        LivenessSaid said = request.body(LivenessSaid.class);
        yield HostAnswers.with(
            request, registry, details, Deed.MANAGE_HOSTS, host -> say(host, said));
      }
      default -> null;
    };
  }

  private ApiResult view(Host host) {
    return ApiResult.ok(
        LivenessViews.view(book.liveness(host, clock.instant()), policies.ofHost(host)));
  }

  private ApiResult say(Host host, LivenessSaid said) {
    try {
      policies.sayOfHost(host, LivenessViews.merged(policies.ofHost(host), said));
    } catch (IllegalArgumentException e) {
      return LivenessViews.refused(e);
    }
    book.policyChanged(host);
    return view(host);
  }
}
