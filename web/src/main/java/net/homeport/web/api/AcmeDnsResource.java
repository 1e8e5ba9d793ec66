package net.homeport.web.api;

import java.util.List;
import net.homeport.registry.challenge.ChallengeNames;
import net.homeport.registry.challenge.ChallengeRegistration;
import net.homeport.registry.challenge.Challenges;
import net.homeport.registry.challenge.RegistrationStanding;
import net.homeport.registry.credential.Credential;
import net.homeport.web.api.AcmeDnsModel.RegistrationList;
import net.homeport.web.api.AcmeDnsModel.RegistrationView;
import net.homeport.web.api.ApiModel.RemovedView;
import net.homeport.zone.address.AddressBlock;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** {@code /api/v1/acme-dns}: which clients may answer challenges, and ending that. */
public final class AcmeDnsResource implements ApiResource {
  private final Challenges challenges;
  private final RegistrationStanding standing;

  public AcmeDnsResource(Challenges challenges, RegistrationStanding standing) {
    this.challenges = challenges;
    this.standing = standing;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) {
    return switch (request.operation()) {
      case "GET acme-dns" -> list(request.parameter("host"));
      case "DELETE acme-dns/{name}" -> revoke(request.name());
      default -> null;
    };
  }

  private ApiResult list(@Nullable String host) {
    Name name = ApiNames.parse(host);
    if (host != null && name == null) {
      return ApiNames.notAName(host);
    }
    List<ChallengeRegistration> found =
        name == null ? challenges.registrations() : challenges.of(name);
    return ApiResult.ok(new RegistrationList(found.stream().map(this::view).toList()));
  }

  private RegistrationView view(ChallengeRegistration registration) {
    Credential maker = standing.maker(registration);
    Name name = ChallengeNames.nameOf(registration.host());
    return new RegistrationView(
        registration.id(),
        ApiNames.text(registration.host()),
        name == null ? null : ApiNames.text(name),
        maker == null ? null : maker.username(),
        registration.allowedFrom().stream().map(AddressBlock::toString).toList(),
        registration.createdAt().toString(),
        standing.objection(registration));
  }

  private ApiResult revoke(String id) {
    return challenges.remove(id)
        ? ApiResult.ok(new RemovedView(id))
        : ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "no such registration",
            "no acme-dns client is registered as '%s'; 'homeport acme-dns list' shows those there are"
                .formatted(id));
  }
}
