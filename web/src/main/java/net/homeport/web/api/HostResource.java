package net.homeport.web.api;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountRefusedException;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.HostDetail;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.account.Permission;
import net.homeport.registry.account.Principal;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatus;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.web.api.ApiModel.HostAdded;
import net.homeport.web.api.ApiModel.HostLabels;
import net.homeport.web.api.ApiModel.HostList;
import net.homeport.web.api.ApiModel.HostView;
import net.homeport.web.api.ApiModel.NewHost;
import net.homeport.web.api.ApiModel.RemovedView;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.zone.Rrset;
import net.homeport.zone.address.AddressText;
import net.homeport.zone.update.Attribution;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** {@code /api/v1/hosts}. */
public final class HostResource implements ApiResource {
  private final HostRegistry registry;
  private final HostStatusReader statuses;
  private final HostUpdates updates;
  private final AccountRegistry accounts;
  private final HostDetails details;
  private final ExchangeLog exchanges;

  public HostResource(
      HostRegistry registry,
      HostStatusReader statuses,
      HostUpdates updates,
      ExchangeLog exchanges,
      AccountRegistry accounts,
      HostDetails details) {
    this.exchanges = exchanges;
    this.accounts = accounts;
    this.details = details;
    this.registry = registry;
    this.statuses = statuses;
    this.updates = updates;
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of(
        "GET hosts",
        "POST hosts",
        "GET hosts/{name}",
        "GET hosts/{name}/exchanges",
        "DELETE hosts/{name}",
        "PATCH hosts/{name}");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    return switch (request.operation()) {
      case "GET hosts" -> list(request);
      case "POST hosts" -> add(request);
      case "GET hosts/{name}" ->
          with(request, Deed.VIEW, host -> ApiResult.ok(view(statuses.status(host))));
      case "GET hosts/{name}/exchanges" ->
          with(
              request,
              Deed.VIEW,
              host -> ApiResult.ok(ExchangeModel.view(host.name(), exchanges.of(host.name()))));
      case "PATCH hosts/{name}" -> label(request);
      case "DELETE hosts/{name}" ->
          with(request, Deed.MANAGE_HOSTS, host -> remove(host, request.actor()));
      default -> null;
    };
  }

  private ApiResult list(ApiRequest request) {
    String label = request.parameter("label");
    return ApiResult.ok(
        new HostList(
            registry.hosts().stream()
                .filter(host -> isVisible(request, host) && hasLabel(host, label))
                .map(host -> view(statuses.status(host)))
                .toList()));
  }

  private boolean isVisible(ApiRequest request, Host host) {
    return request.may(Deed.VIEW, details.accountOf(host.name())) == Permission.ALLOWED;
  }

  /**
   * @param wanted {@code KEY=VALUE}, or a key alone; null for any host
   */
  private boolean hasLabel(Host host, @Nullable String wanted) {
    if (wanted == null) {
      return true;
    }
    int equals = wanted.indexOf('=');
    Map<String, String> labels = details.of(host.name()).labels();
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }

  /** Does it with the host of the path, if they may; what they may not see is not there. */
  private ApiResult with(ApiRequest request, Deed deed, Function<Host, ApiResult> work) {
    Host host = host(request.name());
    if (host == null) {
      return noSuchHost(request.name());
    }
    return switch (request.may(deed, details.accountOf(host.name()))) {
      case ALLOWED -> work.apply(host);
      case FORBIDDEN -> AccountAnswers.forbidden(deed);
      case HIDDEN -> noSuchHost(request.name());
    };
  }

  private ApiResult label(ApiRequest request) throws IOException {
    Map<String, String> labels = request.body(HostLabels.class).labels();
    return with(
        request,
        Deed.MANAGE_HOSTS,
        host -> {
          try {
            details.label(host.name(), labels == null ? Map.of() : labels);
            return ApiResult.ok(view(statuses.status(host)));
          } catch (AccountRefusedException e) {
            return AccountAnswers.refused(e);
          }
        });
  }

  private HostView view(HostStatus status) {
    Host host = status.host();
    Attribution change = status.lastChange();
    InetAddress source = change == null ? null : change.source();
    HostDetail detail = details.of(host.name());
    Account account = accounts.account(detail.accountId());
    return new HostView(
        ApiNames.text(host.name()),
        ApiNames.text(host.zone()),
        status.username(),
        host.ttl(),
        status.addresses().stream().map(AddressText::of).toList(),
        host.createdAt().toString(),
        change == null ? null : change.at().toString(),
        change == null ? null : change.actor(),
        source == null ? null : AddressText.of(source),
        change == null ? null : change.frontDoor(),
        account == null ? null : account.name(),
        detail.labels());
  }

  private @Nullable Host host(String text) {
    Name name = ApiNames.parse(text);
    return name == null ? null : registry.host(name);
  }

  private static ApiResult noSuchHost(String text) {
    return ApiResult.problem(
        HttpStatus.NOT_FOUND_404,
        "no such host",
        "this server has no host '%s'; 'homeport host list' shows those it has".formatted(text));
  }

  /** The administrator of the server alone may set rules of names aside. */
  private static NameClaim claim(ApiRequest request, Account account) {
    boolean may = request.principal() instanceof Principal.ServerAdministrator;
    return new NameClaim(
        account.id(), may && request.isSet("force"), may && request.isSet("reclaim"));
  }

  private ApiResult add(ApiRequest request) throws IOException {
    NewHost wanted = request.body(NewHost.class);
    Name name = ApiNames.parse(wanted.name());
    if (name == null || name.isWild() || name.labels() < 3) {
      return ApiNames.notAName(wanted.name());
    }
    Integer wantedTtl = wanted.ttl();
    long ttl = wantedTtl == null ? Host.DEFAULT_TTL : wantedTtl;
    if (ttl < 0 || ttl > Rrset.TTL_MAX) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400,
          "not a TTL",
          "a TTL is 0 to %d seconds, not %d".formatted(Rrset.TTL_MAX, ttl));
    }
    String wantedAccount = wanted.account();
    Account account =
        wantedAccount == null
            ? AccountAnswers.onlyAccount(request, accounts)
            : accounts.account(wantedAccount);
    Permission permission =
        account == null ? Permission.HIDDEN : request.may(Deed.MANAGE_HOSTS, account.id());
    if (account == null || permission == Permission.HIDDEN) {
      return AccountAnswers.noAccount(wantedAccount);
    }
    if (permission == Permission.FORBIDDEN) {
      return AccountAnswers.forbidden(Deed.MANAGE_HOSTS);
    }
    if (!request.mayHave(account.id(), name) || !mayJoin(request, wanted.username())) {
      return ApiResult.problem(
          HttpStatus.FORBIDDEN_403,
          "not your name",
          "the account '%s' may have no host '%s'; the administrator of the server grants names with 'homeport account grant'"
              .formatted(account.name(), ApiNames.text(name)));
    }
    try {
      return result(details.add(claim(request, account), name, ttl, wanted.username()));
    } catch (AccountRefusedException e) {
      return AccountAnswers.refused(e);
    }
  }

  /** A credential is joined by those alone who may manage all hosts that it changes. */
  private boolean mayJoin(ApiRequest request, @Nullable String username) {
    if (username == null || request.principal() instanceof Principal.ServerAdministrator) {
      return true;
    }
    Credential credential = registry.credential(username);
    return credential != null
        && registry.hosts().stream()
            .filter(host -> host.credentialId() == credential.id())
            .allMatch(host ->
                request.may(Deed.MANAGE_HOSTS, details.accountOf(host.name()))
                    == Permission.ALLOWED);
  }

  private static ApiResult result(HostAddition addition) {
    return switch (addition) {
      case HostAddition.Added added ->
          ApiResult.created(
              new HostAdded(
                  ApiNames.text(added.host().name()),
                  added.credential().username(),
                  added.secret()));
      case HostAddition.AlreadyThere there ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the host exists",
              "the host '%s' was added on %s"
                  .formatted(ApiNames.text(there.host().name()), there.host().createdAt()));
      case HostAddition.NoSuchZone no ->
          ApiResult.problem(
              HttpStatus.NOT_FOUND_404,
              "no zone for the host",
              "'%s' lies in no zone of this server; add one with 'homeport zone add'"
                  .formatted(ApiNames.text(no.name())));
      case HostAddition.NoSuchCredential no ->
          ApiResult.problem(
              HttpStatus.NOT_FOUND_404,
              "no such credential",
              "no host's credential has the user name '%s'".formatted(no.username()));
      case HostAddition.NameTaken taken ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the name is taken",
              "'%s' cannot be a host: %s".formatted(ApiNames.text(taken.name()), taken.why()));
      case HostAddition.Refused refused ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the name is not free",
              "'%s' cannot be a host: %s%s"
                  .formatted(
                      ApiNames.text(refused.name()),
                      refused.why(),
                      refused.override().isEmpty()
                          ? ""
                          : "; to add it all the same: " + refused.override()));
    };
  }

  private ApiResult remove(Host host, Attribution actor) {
    // First out of the zone: a name must not keep an address that nobody may change any more.
    UpdateOutcome outcome = updates.withdraw(host, actor);
    if (outcome instanceof UpdateOutcome.Failed failed) {
      return ApiResult.trouble(failed.incident());
    }
    registry.remove(host.name());
    details.removed(host.name());
    exchanges.forget(host.name());
    return ApiResult.ok(new RemovedView(ApiNames.text(host.name())));
  }
}
