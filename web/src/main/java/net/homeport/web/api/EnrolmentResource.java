package net.homeport.web.api;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import net.homeport.registry.enrolment.EnrolmentKind;
import net.homeport.registry.enrolment.EnrolmentOffer;
import net.homeport.registry.enrolment.Enrolments;
import net.homeport.web.api.CredentialModel.EnrolmentView;
import net.homeport.web.api.CredentialModel.EnrolmentWish;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** {@code /api/v1/enrolments}: one-time codes. */
public final class EnrolmentResource implements ApiResource {
  /** Where devices turn codes in. */
  public static final String PATH = "/enrol";

  private static final Duration VALID = Duration.ofHours(1);
  private static final String LABEL = "device";

  private final Enrolments enrolments;

  public EnrolmentResource(Enrolments enrolments) {
    this.enrolments = enrolments;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    return request.operation().equals("POST enrolments")
        ? offer(request.body(EnrolmentWish.class))
        : null;
  }

  private ApiResult offer(EnrolmentWish wish) {
    Name host = ApiNames.parse(wish.host());
    if (host == null) {
      return ApiNames.notAName(wish.host());
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
    return switch (enrolments.offer(host, kind.get(), label == null ? LABEL : label, valid)) {
      case EnrolmentOffer.Offered offered ->
          ApiResult.created(
              new EnrolmentView(
                  ApiNames.text(offered.enrolment().host()),
                  offered.enrolment().kind().text(),
                  offered.code(),
                  PATH,
                  offered.enrolment().expiresAt().truncatedTo(ChronoUnit.MILLIS).toString()));
      case EnrolmentOffer.Refused refused ->
          ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not possible", refused.why());
    };
  }
}
