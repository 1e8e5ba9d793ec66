package net.homeport.web.api;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountRefusedException;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.HostDetail;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.account.Permission;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatus;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.web.api.ApiModel.HostAdded;
import net.homeport.web.api.ApiModel.HostLabels;
import net.homeport.web.api.ApiModel.HostList;
import net.homeport.web.api.ApiModel.HostView;
import net.homeport.web.api.ApiModel.NewHost;
import net.homeport.web.api.ApiModel.RemovedView;
import net.homeport.web.exchange.ExchangeLog;
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
  private final HostWishes wishes;

  public HostResource(
      HostRegistry registry,
      HostStatusReader statuses,
      HostUpdates updates,
      ExchangeLog exchanges,
      AccountRegistry accounts,
      HostDetails details,
      CredentialOwners owners) {
    this.wishes = new HostWishes(registry, accounts, owners);
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
              host -> ApiResult.ok(ExchangeModel.view(host.name(), exchanges.of(host))));
      case "PATCH hosts/{name}" -> label(request);
      case "DELETE hosts/{name}" ->
          with(request, Deed.MANAGE_HOSTS, host -> remove(host, request.actor()));
      default -> null;
    };
  }

  private ApiResult list(ApiRequest request) {
    Paging paging;
    try {
      paging = Paging.of(request);
    } catch (IllegalArgumentException e) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "wrong parameter", String.valueOf(e.getMessage()));
    }
    Name after = ApiNames.parse(paging.after());
    if (paging.after() != null && after == null) {
      return ApiNames.notAName(paging.after());
    }
    String label = request.parameter("label");
    Stream<Host> hosts = paging.isPart() ? registry.hostsAfter(after) : registry.hosts().stream();
    var shown = new ArrayList<HostView>();
    Iterator<Host> wanted =
        hosts.filter(host -> isVisible(request, host) && hasLabel(host, label)).iterator();
    while (wanted.hasNext() && shown.size() < paging.limit()) {
      shown.add(view(statuses.status(wanted.next())));
    }
    return ApiResult.ok(new HostList(shown, wanted.hasNext() ? shown.getLast().host() : null));
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

  private ApiResult with(ApiRequest request, Deed deed, Function<Host, ApiResult> work) {
    return HostAnswers.with(request, registry, details, deed, work);
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
        detail.labels(),
        status.remarks());
  }

  private ApiResult add(ApiRequest request) throws IOException {
    return switch (wishes.read(request, request.body(NewHost.class), Set.of())) {
      case HostWishes.Wish.Refused refused -> refused.result();
      case HostWishes.Wish.Sound sound -> {
        try {
          yield result(details.addAll(List.of(sound.request()), false).each().getFirst());
        } catch (AccountRefusedException e) {
          yield AccountAnswers.refused(e);
        }
      }
    };
  }

  private static ApiResult result(HostAddition addition) {
    return switch (addition) {
      case HostAddition.Added added ->
          ApiResult.created(
              new HostAdded(
                  ApiNames.text(added.host().name()),
                  added.credential().username(),
                  added.secret()));
      case HostAddition.AlreadyThere _ -> problem(HttpStatus.CONFLICT_409, addition);
      case HostAddition.NotAHostName _ -> problem(HttpStatus.BAD_REQUEST_400, addition);
      case HostAddition.NoSuchZone _ -> problem(HttpStatus.NOT_FOUND_404, addition);
      case HostAddition.NoSuchCredential _ -> problem(HttpStatus.NOT_FOUND_404, addition);
      case HostAddition.NameTaken _ -> problem(HttpStatus.CONFLICT_409, addition);
      case HostAddition.Refused _ -> problem(HttpStatus.CONFLICT_409, addition);
    };
  }

  private static ApiResult problem(int status, HostAddition addition) {
    HostWishes.Obstacle obstacle = HostWishes.obstacle(addition);
    return ApiResult.problem(status, obstacle.title(), obstacle.detail());
  }

  private ApiResult remove(Host host, Attribution actor) {
    // First out of the zone: a name must not keep an address that nobody may change any more.
    UpdateOutcome outcome = updates.withdraw(host, actor);
    if (outcome instanceof UpdateOutcome.Failed failed) {
      return ApiResult.trouble(failed.incident());
    }
    registry.remove(host.name());
    return ApiResult.ok(new RemovedView(ApiNames.text(host.name())));
  }
}
