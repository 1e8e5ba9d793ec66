package net.homeport.web.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.account.Permission;
import net.homeport.registry.account.Principal;
import net.homeport.registry.enrolment.EnrolmentKind;
import net.homeport.registry.enrolment.EnrolmentOffer;
import net.homeport.registry.enrolment.Enrolments;
import net.homeport.registry.enrolment.PendingEnrolment;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.web.api.CredentialModel.EnrolmentView;
import net.homeport.web.api.CredentialModel.EnrolmentWish;
import net.homeport.web.api.CredentialModel.PendingCode;
import net.homeport.web.api.CredentialModel.PendingCodes;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** {@code /api/v1/enrolments}: one-time codes. All of it is for the server's administrator. */
public final class EnrolmentResource implements ApiResource {
  /** Where devices turn codes in. */
  public static final String PATH = "/enrol";

  private static final Duration VALID = Duration.ofHours(1);
  private static final String LABEL = "device";

  private final Enrolments enrolments;
  private final HostRegistry hosts;
  private final HostDetails details;

  public EnrolmentResource(Enrolments enrolments, HostRegistry hosts, HostDetails details) {
    this.enrolments = enrolments;
    this.hosts = hosts;
    this.details = details;
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of("POST enrolments");
  }

  /** A code makes a credential: who may not do that with the host gets none. */
  private @Nullable ApiResult refusal(ApiRequest request, Name name) {
    if (request.principal() instanceof Principal.ServerAdministrator) {
      return null;
    }
    Host host = hosts.host(name);
    Permission permission =
        host == null
            ? Permission.HIDDEN
            : request.may(Deed.MANAGE_CREDENTIALS, details.accountOf(host.name()));
    return switch (permission) {
      case ALLOWED -> null;
      case FORBIDDEN -> AccountAnswers.forbidden(Deed.MANAGE_CREDENTIALS);
      case HIDDEN -> HostAnswers.noSuchHost(ApiNames.text(name));
    };
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    return switch (request.operation()) {
      case "POST enrolments" -> offer(request, request.body(EnrolmentWish.class));
      case "GET enrolments" -> list(request.parameter("host"));
      case "DELETE enrolments/{name}" -> revoke(request.name());
      default -> null;
    };
  }

  private ApiResult list(@Nullable String wanted) {
    Name host = wanted == null ? null : ApiNames.parse(wanted);
    if (wanted != null && host == null) {
      return ApiNames.notAName(wanted);
    }
    return ApiResult.ok(
        new PendingCodes(enrolments.pending(host).stream().map(EnrolmentResource::view).toList()));
  }

  private static PendingCode view(PendingEnrolment enrolment) {
    return new PendingCode(
        enrolment.id(),
        ApiNames.text(enrolment.host()),
        enrolment.kind().text(),
        enrolment.label(),
        enrolment.offeredBy(),
        text(enrolment.createdAt()),
        text(enrolment.expiresAt()));
  }

  private static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private ApiResult revoke(String id) {
    PendingEnrolment revoked = enrolments.revoke(id);
    return revoked == null
        ? ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "no such code",
            "no code is called '%s', or it was used or has expired; 'homeport credential codes' lists those that wait"
                .formatted(id))
        : ApiResult.ok(view(revoked));
  }

  private ApiResult offer(ApiRequest request, EnrolmentWish wish) {
    Name host = ApiNames.parse(wish.host());
    if (host == null) {
      return ApiNames.notAName(wish.host());
    }
    ApiResult refusal = refusal(request, host);
    if (refusal != null) {
      return refusal;
    }
    String kindText = wish.kind();
    Optional<EnrolmentKind> kind =
        kindText == null ? Optional.of(EnrolmentKind.TOKEN) : EnrolmentKind.of(kindText);
    if (kind.isEmpty()) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400,
          "not a kind of enrolment",
          "'%s' is not token, tsig or sig0".formatted(kindText));
    }
    String label = wish.label();
    Long seconds = wish.validSeconds();
    Duration valid =
        seconds == null ? VALID : Duration.ofSeconds(Math.clamp(seconds, 0L, Integer.MAX_VALUE));
    String by = request.actor().actor();
    return switch (enrolments.offer(host, kind.get(), label == null ? LABEL : label, valid, by)) {
      case EnrolmentOffer.Offered offered ->
          ApiResult.created(
              new EnrolmentView(
                  offered.enrolment().id(),
                  ApiNames.text(offered.enrolment().host()),
                  offered.enrolment().kind().text(),
                  offered.code(),
                  PATH,
                  text(offered.enrolment().expiresAt())));
      case EnrolmentOffer.Refused refused ->
          ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not possible", refused.why());
    };
  }
}
