package net.homeport.web.api;

import java.io.IOException;
import java.net.InetAddress;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostStatus;
import net.homeport.registry.host.HostStatusReader;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.web.api.ApiModel.HostAdded;
import net.homeport.web.api.ApiModel.HostList;
import net.homeport.web.api.ApiModel.HostView;
import net.homeport.web.api.ApiModel.NewHost;
import net.homeport.web.api.ApiModel.RemovedView;
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

  public HostResource(HostRegistry registry, HostStatusReader statuses, HostUpdates updates) {
    this.registry = registry;
    this.statuses = statuses;
    this.updates = updates;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    return switch (request.operation()) {
      case "GET hosts" -> list();
      case "POST hosts" -> add(request.body(NewHost.class));
      case "GET hosts/{name}" -> get(request.name());
      case "DELETE hosts/{name}" -> remove(request.name(), request.actor());
      default -> null;
    };
  }

  ApiResult list() {
    return ApiResult.ok(
        new HostList(
            registry.hosts().stream().map(statuses::status).map(HostResource::view).toList()));
  }

  private static HostView view(HostStatus status) {
    Host host = status.host();
    Attribution change = status.lastChange();
    InetAddress source = change == null ? null : change.source();
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
        change == null ? null : change.frontDoor());
  }

  ApiResult get(String text) {
    Host host = host(text);
    return host == null ? noSuchHost(text) : ApiResult.ok(view(statuses.status(host)));
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

  ApiResult add(NewHost wanted) {
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
    String username = wanted.username();
    return result(username == null ? registry.add(name, ttl) : registry.addTo(username, name, ttl));
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
    };
  }

  ApiResult remove(String text, Attribution actor) {
    Host host = host(text);
    if (host == null) {
      return noSuchHost(text);
    }
    // First out of the zone: a name must not keep an address that nobody may change any more.
    UpdateOutcome outcome = updates.withdraw(host, actor);
    if (outcome instanceof UpdateOutcome.Failed failed) {
      return ApiResult.trouble(failed.incident());
    }
    registry.remove(host.name());
    return ApiResult.ok(new RemovedView(ApiNames.text(host.name())));
  }
}
