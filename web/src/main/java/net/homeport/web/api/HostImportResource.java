package net.homeport.web.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.homeport.registry.account.AccountRefusedException;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.account.Permission;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostAdditions;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostRequest;
import net.homeport.web.api.ApiModel.HostImported;
import net.homeport.web.api.ApiModel.HostsImported;
import net.homeport.web.api.ApiModel.NewHost;
import net.homeport.web.api.ApiModel.NewHosts;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/host-imports}: many hosts at once, all of them or none. */
public final class HostImportResource implements ApiResource {
  /** Most hosts of one request. */
  public static final int HOSTS_MAX = 10_000;

  /** Longest JSON: so many hosts, and each member of the longest that is one. */
  static final int OCTETS_MAX = 64 * 1024 * 1024;

  private final AccountRegistry accounts;
  private final HostDetails details;
  private final HostWishes wishes;

  public HostImportResource(
      HostRegistry registry,
      AccountRegistry accounts,
      HostDetails details,
      CredentialOwners owners) {
    this.accounts = accounts;
    this.details = details;
    this.wishes = new HostWishes(registry, accounts, owners);
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of("POST host-imports");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    return request.operation().equals("POST host-imports") ? add(request) : null;
  }

  private ApiResult add(ApiRequest request) throws IOException {
    int most = mayAdd(request) ? OCTETS_MAX : ApiRequest.JSON_OCTETS_MAX;
    List<NewHost> wanted = request.body(NewHosts.class, most).hosts();
    if (wanted == null || wanted.isEmpty() || wanted.size() > HOSTS_MAX) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400,
          "how many hosts",
          "'hosts' is a list of 1 to %d hosts, not of %d"
              .formatted(HOSTS_MAX, wanted == null ? 0 : wanted.size()));
    }
    Set<String> names =
        wanted.stream()
            .map(NewHost::name)
            .filter(Objects::nonNull)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    List<HostWishes.Wish> read =
        wanted.stream().map(one -> wishes.read(request, one, names)).toList();
    List<HostRequest> sound =
        read.stream()
            .filter(HostWishes.Wish.Sound.class::isInstance)
            .map(wish -> ((HostWishes.Wish.Sound) wish).request())
            .toList();
    boolean trial = request.isSet("dry-run") || sound.size() < read.size();
    try {
      return ApiResult.ok(view(wanted, read, details.addAll(sound, trial)));
    } catch (AccountRefusedException e) {
      return AccountAnswers.refused(e);
    }
  }

  /** Whether they may add hosts at all: of others, no long list is read. */
  private boolean mayAdd(ApiRequest request) {
    return accounts.accounts().stream()
        .anyMatch(account -> request.may(Deed.MANAGE_HOSTS, account.id()) == Permission.ALLOWED);
  }

  private static HostsImported view(
      List<NewHost> wanted, List<HostWishes.Wish> read, HostAdditions additions) {
    var hosts = new ArrayList<HostImported>();
    int sound = 0;
    for (int i = 0; i < read.size(); i++) {
      String name = wanted.get(i).name();
      hosts.add(
          switch (read.get(i)) {
            case HostWishes.Wish.Refused refused -> refused(name, refused.detail());
            case HostWishes.Wish.Sound _ ->
                view(name, additions.each().get(sound++), additions.stored());
          });
    }
    return new HostsImported(additions.stored(), hosts);
  }

  private static HostImported view(@Nullable String name, HostAddition addition, boolean stored) {
    return switch (addition) {
      case HostAddition.Added added ->
          new HostImported(
              name, "added", added.credential().username(), stored ? added.secret() : null, null);
      case HostAddition.AlreadyThere _ -> new HostImported(name, "exists", null, null, null);
      default -> refused(name, HostWishes.obstacle(addition).detail());
    };
  }

  private static HostImported refused(@Nullable String name, String problem) {
    return new HostImported(name, "refused", null, null, problem);
  }
}
