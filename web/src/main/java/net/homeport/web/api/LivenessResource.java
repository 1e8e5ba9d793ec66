package net.homeport.web.api;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.liveness.HostLiveness;
import net.homeport.registry.liveness.LivenessBook;
import net.homeport.registry.liveness.LivenessPolicies;
import net.homeport.registry.liveness.LivenessSettings;
import net.homeport.web.api.LivenessModel.LivenessList;
import net.homeport.web.api.LivenessModel.LivenessSaid;
import net.homeport.web.api.LivenessModel.LivenessView;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * {@code /api/v1/liveness}: of all hosts; what is said of a zone as {@code liveness/ZONE}, and of
 * all zones as {@code liveness/all}.
 */
public final class LivenessResource implements ApiResource {
  /** Most hosts in one list. */
  static final int LIST_MAX = 10_000;

  private final HostRegistry registry;
  private final LivenessBook book;
  private final LivenessPolicies policies;
  private final InstantSource clock;

  public LivenessResource(
      HostRegistry registry, LivenessBook book, LivenessPolicies policies, InstantSource clock) {
    this.registry = registry;
    this.book = book;
    this.policies = policies;
    this.clock = clock;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    try {
      return switch (request.operation()) {
        case "GET liveness" -> list(request.parameter("state"));
        case "GET liveness/{name}" ->
            ApiResult.ok(LivenessViews.said(policies.ofZone(zone(request))));
        case "PUT liveness/{name}" -> say(zone(request), request.body(LivenessSaid.class));
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      return LivenessViews.refused(e);
    }
  }

  private static Name zone(ApiRequest request) {
    if (request.name().equals("all")) {
      return Name.root;
    }
    Name name = ApiNames.parse(request.name());
    if (name == null) {
      throw new IllegalArgumentException("'%s' is not a domain name".formatted(request.name()));
    }
    return name;
  }

  /** A look at each host: for a person who asks, and never for a request of a device. */
  private ApiResult list(@Nullable String state) {
    Instant now = clock.instant();
    List<LivenessView> views = new ArrayList<>();
    for (Host host : registry.hosts()) {
      HostLiveness liveness = book.liveness(host, now);
      if ((state == null || state.equalsIgnoreCase(LivenessViews.text(liveness.state())))
          && views.size() < LIST_MAX) {
        views.add(LivenessViews.view(liveness, policies.ofHost(host)));
      }
    }
    return ApiResult.ok(new LivenessList(views));
  }

  private ApiResult say(Name zone, LivenessSaid wanted) {
    LivenessSettings settings = LivenessViews.merged(policies.ofZone(zone), wanted);
    policies.sayOfZone(zone, settings);
    book.policyChanged(null);
    return ApiResult.ok(LivenessViews.said(settings));
  }
}
