package net.homeport.web.api;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.Permission;
import net.homeport.registry.account.Principal;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.CredentialScope;
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
  private static final String LIST = "GET credentials";
  private static final String GET = "GET credentials/{name}";
  private static final String SCOPE = "PUT credentials/{name}/scope";

  private final HostRegistry registry;
  private final HostCredentials credentials;
  private final HostGrants grants;
  private final CredentialOwners owners;

  public CredentialResource(
      HostRegistry registry,
      HostCredentials credentials,
      HostGrants grants,
      CredentialOwners owners) {
    this.registry = registry;
    this.credentials = credentials;
    this.grants = grants;
    this.owners = owners;
  }

  /** All but to add one that stands for itself: only the server's administrator may. */
  @Override
  public Set<String> operationsOfMembers() {
    return Set.of(
        LIST,
        GET,
        "DELETE credentials/{name}",
        "POST credentials/{name}/rotate",
        "POST credentials/{name}/disable",
        "POST credentials/{name}/enable",
        SCOPE,
        "PUT credentials/{name}/signing",
        "DELETE credentials/{name}/signing");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    ApiResult refusal = refusal(request);
    return refusal == null ? answered(request) : refusal;
  }

  /** Why a member may not do this with that credential; what is not theirs is not there. */
  private @Nullable ApiResult refusal(ApiRequest request) {
    String operation = request.operation();
    if (isAdministrator(request)
        || operation.equals(LIST)
        || !operationsOfMembers().contains(operation)) {
      return null;
    }
    Deed deed = operation.equals(GET) ? Deed.VIEW : Deed.MANAGE_CREDENTIALS;
    Credential credential = registry.credential(request.name());
    return switch (credential == null ? Permission.HIDDEN : may(request, deed, credential)) {
      case ALLOWED -> null;
      case FORBIDDEN -> AccountAnswers.forbidden(deed);
      case HIDDEN -> noSuchCredential(request.name());
    };
  }

  private static boolean isAdministrator(ApiRequest request) {
    return request.principal() instanceof Principal.ServerAdministrator;
  }

  private Permission may(ApiRequest request, Deed deed, Credential credential) {
    if (isAdministrator(request)) {
      return Permission.ALLOWED;
    }
    Account owner = owners.ownerOf(credential);
    return owner == null ? Permission.HIDDEN : request.may(deed, owner.id());
  }

  private @Nullable ApiResult answered(ApiRequest request) throws IOException {
    String name = request.name();
    try {
      return switch (request.operation()) {
        case LIST -> list(request);
        case "POST credentials" -> add(request.body(CredentialWish.class));
        case GET -> get(name);
        case "DELETE credentials/{name}" -> removed(credentials.remove(name));
        case "POST credentials/{name}/rotate" ->
            added(
                credentials.rotate(
                    name, overlap(request.body(CredentialRotation.class).overlapSeconds())),
                HttpStatus.OK_200);
        case "POST credentials/{name}/disable" -> changed(credentials.disable(name, true));
        case "POST credentials/{name}/enable" -> changed(credentials.disable(name, false));
        case SCOPE -> scope(request);
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

  /** Those that they may see; of a host that is not theirs, none is. */
  private ApiResult list(ApiRequest request) {
    Paging paging = Paging.of(request);
    String hostText = request.parameter("host");
    Host host = null;
    if (hostText != null) {
      Name name = ApiNames.parse(hostText);
      host = name == null ? null : registry.host(name);
      if (host == null || !maySee(request, host)) {
        return HostAnswers.noSuchHost(hostText);
      }
    }
    if (!paging.isPart()) {
      List<Credential> all = theirs(request, credentials.credentials(host, grants));
      return ApiResult.ok(new CredentialList(views(all), null));
    }
    // One more than wanted tells whether there are more.
    String after = paging.after() == null ? "" : paging.after();
    List<Credential> shown =
        credentials.next(
            host, grants, credential -> maySee(request, credential), after, paging.limit() + 1L);
    List<Credential> part = shown.subList(0, Math.min(shown.size(), paging.limit()));
    return ApiResult.ok(
        new CredentialList(
            views(part), part.size() < shown.size() ? part.getLast().username() : null));
  }

  private List<Credential> theirs(ApiRequest request, List<Credential> of) {
    return of.stream().filter(credential -> maySee(request, credential)).toList();
  }

  private boolean maySee(ApiRequest request, Credential credential) {
    return may(request, Deed.VIEW, credential) == Permission.ALLOWED;
  }

  private List<CredentialView> views(List<Credential> shown) {
    return shown.stream().map(this::view).toList();
  }

  private boolean maySee(ApiRequest request, Host host) {
    return request.may(Deed.VIEW, owners.accountOf(host)) == Permission.ALLOWED;
  }

  /** No member may say of a credential that it is for more than their account. */
  private ApiResult scope(ApiRequest request) throws IOException {
    ScopeView view = request.body(ScopeView.class);
    CredentialScope scope = ScopeReading.scope(view);
    Credential credential = registry.credential(request.name());
    Account owner =
        isAdministrator(request) || credential == null ? null : owners.ownerOf(credential);
    if (owner != null && !owners.isWithin(owner, scope.names())) {
      return ApiResult.problem(
          HttpStatus.FORBIDDEN_403,
          "not your names",
          "a credential of the account '%s' is for its own hosts, listed one by one, or for subtrees that no other account may have hosts in"
              .formatted(owner.name()));
    }
    // Last: what sites there are is not a member's to know.
    requireSite(view, scope);
    CredentialScope limited =
        owner == null ? scope : scope.with(owners.limited(owner, scope.names()));
    return changed(credentials.scope(request.name(), limited));
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
                scope(wish.scope()),
                wish.signs())),
        HttpStatus.CREATED_201);
  }

  /**
   * The scope of this JSON.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  private CredentialScope scope(@Nullable ScopeView view) {
    CredentialScope scope = ScopeReading.scope(view);
    if (view != null) {
      requireSite(view, scope);
    }
    return scope;
  }

  private void requireSite(ScopeView view, CredentialScope scope) {
    if (!grants.isKnown(scope.names())) {
      throw new IllegalArgumentException(
          "there is no site '%s'; 'homeport site list' shows those there are, 'homeport site add' adds one"
              .formatted(view.site()));
    }
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
