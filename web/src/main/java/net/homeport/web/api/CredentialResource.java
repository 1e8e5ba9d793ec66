package net.homeport.web.api;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.SigningSecret;
import net.homeport.registry.host.CredentialChange;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.NewCredential;
import net.homeport.web.api.ApiModel.RemovedView;
import net.homeport.web.api.CredentialModel.CredentialAdded;
import net.homeport.web.api.CredentialModel.CredentialList;
import net.homeport.web.api.CredentialModel.CredentialRotation;
import net.homeport.web.api.CredentialModel.CredentialSecretView;
import net.homeport.web.api.CredentialModel.CredentialView;
import net.homeport.web.api.CredentialModel.CredentialWish;
import net.homeport.web.api.CredentialModel.ScopeView;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** {@code /api/v1/credentials}. */
public final class CredentialResource implements ApiResource {
  private final HostRegistry registry;
  private final HostCredentials credentials;
  private final HostGrants grants;

  public CredentialResource(HostRegistry registry, HostCredentials credentials, HostGrants grants) {
    this.registry = registry;
    this.credentials = credentials;
    this.grants = grants;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    String name = request.name();
    try {
      return switch (request.operation()) {
        case "GET credentials" -> list(request.parameter("host"), Paging.of(request));
        case "POST credentials" -> add(request.body(CredentialWish.class));
        case "GET credentials/{name}" -> get(name);
        case "DELETE credentials/{name}" -> removed(credentials.remove(name));
        case "POST credentials/{name}/rotate" ->
            added(
                credentials.rotate(
                    name, overlap(request.body(CredentialRotation.class).overlapSeconds())),
                HttpStatus.OK_200);
        case "POST credentials/{name}/disable" -> changed(credentials.disable(name, true));
        case "POST credentials/{name}/enable" -> changed(credentials.disable(name, false));
        case "PUT credentials/{name}/scope" ->
            changed(credentials.scope(name, ScopeReading.scope(request.body(ScopeView.class))));
        case "PUT credentials/{name}/signing" ->
            added(credentials.sign(name, true), HttpStatus.OK_200);
        case "DELETE credentials/{name}/signing" -> changed(credentials.sign(name, false));
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "not as expected", String.valueOf(e.getMessage()));
    }
  }

  private ApiResult list(@Nullable String hostText, Paging paging) {
    Host host = null;
    if (hostText != null) {
      Name name = ApiNames.parse(hostText);
      host = name == null ? null : registry.host(name);
      if (host == null) {
        return ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "no such host",
            "this server has no host '%s'; 'homeport host list' shows those it has"
                .formatted(hostText));
      }
    }
    if (!paging.isPart()) {
      return ApiResult.ok(new CredentialList(views(credentials.credentials(host, grants)), null));
    }
    // One more than wanted tells whether there are more.
    String after = paging.after() == null ? "" : paging.after();
    List<Credential> found = credentials.next(host, grants, after, (long) paging.limit() + 1);
    boolean more = found.size() > paging.limit();
    List<Credential> shown = more ? found.subList(0, paging.limit()) : found;
    return ApiResult.ok(new CredentialList(views(shown), more ? shown.getLast().username() : null));
  }

  private List<CredentialView> views(List<Credential> shown) {
    return shown.stream().map(this::view).toList();
  }

  private ApiResult get(String username) {
    Credential credential = registry.credential(username);
    return credential == null ? noSuchCredential(username) : ApiResult.ok(view(credential));
  }

  private ApiResult add(CredentialWish wish) {
    String username = wish.username();
    String comment = wish.comment();
    return added(
        credentials.add(
            new NewCredential(
                username == null ? "" : username.strip(),
                comment == null ? "" : comment,
                ScopeReading.scope(wish.scope()),
                wish.signs())),
        HttpStatus.CREATED_201);
  }

  private static Duration overlap(long seconds) {
    try {
      return Duration.ofSeconds(seconds);
    } catch (ArithmeticException | DateTimeException _) {
      return Duration.ofSeconds(-1);
    }
  }

  private ApiResult added(CredentialChange change, int status) {
    return change instanceof CredentialChange.Done done
        ? new ApiResult(
            status,
            new CredentialAdded(view(done.credential()), done.secret(), done.signingSecret()))
        : changed(change);
  }

  private ApiResult removed(CredentialChange change) {
    return change instanceof CredentialChange.Done done
        ? ApiResult.ok(new RemovedView(done.credential().username()))
        : changed(change);
  }

  private ApiResult changed(CredentialChange change) {
    return switch (change) {
      case CredentialChange.Done done -> ApiResult.ok(view(done.credential()));
      case CredentialChange.AlreadyThere there ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the credential exists",
              "the credential '%s' was made on %s; 'homeport credential rotate' gives it another secret"
                  .formatted(there.credential().username(), there.credential().createdAt()));
      case CredentialChange.NoSuchCredential no -> noSuchCredential(no.username());
      case CredentialChange.Refused refused ->
          ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not possible", refused.why());
    };
  }

  private static ApiResult noSuchCredential(String username) {
    return ApiResult.problem(
        HttpStatus.NOT_FOUND_404,
        "no such credential",
        "no credential has the user name '%s'; 'homeport credential list' shows those there are"
            .formatted(username));
  }

  private CredentialView view(Credential credential) {
    CredentialProfile profile = credentials.profile(credential);
    Instant made = profile.secretCreatedAt();
    Instant used = credentials.lastUse(credential);
    var secrets = new ArrayList<CredentialSecretView>();
    secrets.add(
        new CredentialSecretView((made == null ? credential.createdAt() : made).toString(), null));
    profile
        .older()
        .forEach(older ->
            secrets.add(
                new CredentialSecretView(
                    older.createdAt().toString(), older.validUntil().toString())));
    List<CredentialSecretView> signing =
        profile.signing().stream().map(CredentialResource::view).toList();
    return new CredentialView(
        credential.username(),
        profile.separate(),
        profile.comment(),
        profile.disabled(),
        credential.createdAt().toString(),
        used == null ? null : used.toString(),
        secrets,
        signing,
        ScopeReading.view(profile.scope()));
  }

  private static CredentialSecretView view(SigningSecret secret) {
    Instant until = secret.validUntil();
    return new CredentialSecretView(
        secret.createdAt().toString(), until == null ? null : until.toString());
  }
}
