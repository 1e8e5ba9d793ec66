package net.homeport.web.api;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountRefusedException;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.account.Permission;
import net.homeport.registry.account.Person;
import net.homeport.registry.account.Role;
import net.homeport.web.api.AccountModel.AccountChange;
import net.homeport.web.api.AccountModel.AccountList;
import net.homeport.web.api.AccountModel.AccountView;
import net.homeport.web.api.AccountModel.GrantView;
import net.homeport.web.api.AccountModel.MemberView;
import net.homeport.web.api.AccountModel.NewAccount;
import net.homeport.web.api.ApiModel.RemovedView;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** {@code /api/v1/accounts}. */
public final class AccountResource implements ApiResource {
  private final AccountRegistry registry;
  private final HostDetails details;

  public AccountResource(AccountRegistry registry, HostDetails details) {
    this.registry = registry;
    this.details = details;
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of(
        "GET accounts",
        "GET accounts/{name}",
        "PUT accounts/{name}/members",
        "DELETE accounts/{name}/members");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    try {
      return switch (request.operation()) {
        case "GET accounts" -> list(request);
        case "POST accounts" -> add(request.body(NewAccount.class));
        case "GET accounts/{name}" -> ApiResult.ok(view(account(request)));
        case "PATCH accounts/{name}" -> change(account(request), request.body(AccountChange.class));
        case "DELETE accounts/{name}" -> remove(account(request));
        case "PUT accounts/{name}/members" ->
            setRole(request, account(request), request.body(MemberView.class));
        case "DELETE accounts/{name}/members" -> removeMember(request, account(request));
        case "POST accounts/{name}/names" -> grant(account(request), request.body(GrantView.class));
        case "DELETE accounts/{name}/names" -> revoke(account(request), request.parameter("name"));
        default -> null;
      };
    } catch (NoSuchAccountException e) {
      return AccountAnswers.noAccount(e.name);
    } catch (AccountRefusedException e) {
      return AccountAnswers.refused(e);
    }
  }

  /** There is none of that name, or none that who asks may see. */
  private static final class NoSuchAccountException extends Exception {
    private static final long serialVersionUID = 1;
    private final String name;

    NoSuchAccountException(String name) {
      this.name = name;
    }
  }

  private Account account(ApiRequest request) throws NoSuchAccountException {
    Account account = registry.account(request.name());
    if (account == null || request.may(Deed.VIEW, account.id()) == Permission.HIDDEN) {
      throw new NoSuchAccountException(request.name());
    }
    return account;
  }

  private ApiResult list(ApiRequest request) {
    return ApiResult.ok(
        new AccountList(
            registry.accounts().stream()
                .filter(account -> request.may(Deed.VIEW, account.id()) == Permission.ALLOWED)
                .map(this::view)
                .toList()));
  }

  private AccountView view(Account account) {
    Map<Long, Role> members = registry.members(account.id());
    List<MemberView> shown =
        registry.people().stream()
            .filter(person -> members.containsKey(person.id()))
            .map(person ->
                new MemberView(person.name(), text(members.getOrDefault(person.id(), Role.VIEWER))))
            .toList();
    return new AccountView(
        account.name(),
        account.hostsMax(),
        account.id() == Account.HOUSE ? null : details.hostCount(account.id()),
        account.suspended(),
        registry.grants(account.id()).stream()
            .map(grant -> ApiNames.text(grant.subtree()))
            .sorted()
            .toList(),
        shown,
        account.createdAt().toString());
  }

  static String text(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  static @Nullable Role role(@Nullable String text) {
    for (Role role : Role.values()) {
      if (text(role).equals(text)) {
        return role;
      }
    }
    return null;
  }

  static ApiResult notARole(@Nullable String text) {
    return ApiResult.problem(
        HttpStatus.BAD_REQUEST_400,
        "not a role",
        "a role is viewer, operator, administrator or owner, not '%s'".formatted(text));
  }

  private ApiResult add(NewAccount wanted) throws AccountRefusedException {
    String name = wanted.name();
    return ApiResult.created(
        view(registry.addAccount(name == null ? "" : name, wanted.hostsMax())));
  }

  private ApiResult change(Account account, AccountChange change) throws AccountRefusedException {
    Integer hostsMax = change.hostsMax() == null ? account.hostsMax() : change.hostsMax();
    Boolean suspended = change.suspended();
    return ApiResult.ok(
        view(
            registry.change(
                account, hostsMax, suspended == null ? account.suspended() : suspended)));
  }

  private ApiResult remove(Account account) throws AccountRefusedException {
    registry.removeAccount(account, details.hostCount(account.id()));
    return ApiResult.ok(new RemovedView(account.name()));
  }

  /** Who is an administrator or owner, or becomes one, is for owners to say. */
  private static Deed deed(@Nullable Role before, @Nullable Role after) {
    boolean high =
        (before != null && before.includes(Role.ADMINISTRATOR))
            || (after != null && after.includes(Role.ADMINISTRATOR));
    return high ? Deed.MANAGE_OWNERS : Deed.MANAGE_MEMBERS;
  }

  private ApiResult setRole(ApiRequest request, Account account, MemberView wanted)
      throws AccountRefusedException {
    Role role = role(wanted.role());
    if (role == null) {
      return notARole(wanted.role());
    }
    Person person = registry.person(String.valueOf(wanted.person()));
    Role before = person == null ? null : registry.role(account.id(), person.id());
    Deed deed = deed(before, role);
    if (request.may(deed, account.id()) != Permission.ALLOWED) {
      return AccountAnswers.forbidden(deed);
    }
    if (person == null) {
      return noSuchPerson(wanted.person());
    }
    registry.setRole(account, person, role);
    return ApiResult.ok(view(account));
  }

  static ApiResult noSuchPerson(@Nullable String name) {
    return ApiResult.problem(
        HttpStatus.NOT_FOUND_404,
        "no such person",
        "there is no person '%s'; 'homeport person list' shows those there are".formatted(name));
  }

  private ApiResult removeMember(ApiRequest request, Account account)
      throws AccountRefusedException {
    String name = request.parameter("person");
    Person person = name == null ? null : registry.person(name);
    Role before = person == null ? null : registry.role(account.id(), person.id());
    Deed deed = deed(before, null);
    if (request.may(deed, account.id()) != Permission.ALLOWED) {
      return AccountAnswers.forbidden(deed);
    }
    if (person == null) {
      return noSuchPerson(name);
    }
    registry.removeMember(account, person);
    return ApiResult.ok(view(account));
  }

  private ApiResult grant(Account account, GrantView wanted) {
    Name name = ApiNames.parse(wanted.name());
    if (name == null || name.isWild()) {
      return ApiNames.notAName(wanted.name());
    }
    registry.grant(account, name);
    return ApiResult.ok(view(account));
  }

  private ApiResult revoke(Account account, @Nullable String text) throws AccountRefusedException {
    Name name = ApiNames.parse(text);
    if (name == null) {
      return ApiNames.notAName(text);
    }
    registry.revoke(account, name);
    return ApiResult.ok(view(account));
  }
}
