package net.homeport.web.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountRefusedException;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.PasswordHasher;
import net.homeport.registry.account.PasswordHasher.BusyException;
import net.homeport.registry.account.Person;
import net.homeport.registry.account.PersonalToken;
import net.homeport.registry.account.Principal;
import net.homeport.registry.account.Role;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.web.api.AccountModel.NewPerson;
import net.homeport.web.api.AccountModel.NewToken;
import net.homeport.web.api.AccountModel.PersonChange;
import net.homeport.web.api.AccountModel.PersonList;
import net.homeport.web.api.AccountModel.PersonView;
import net.homeport.web.api.AccountModel.PersonsAccount;
import net.homeport.web.api.AccountModel.TokenAdded;
import net.homeport.web.api.AccountModel.TokenView;
import net.homeport.web.api.ApiModel.RemovedView;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/people}: the administrator sees all, a person oneself. */
public final class PersonResource implements ApiResource {
  private static final int TOKENS_MAX = 100;
  private static final int LABEL_MAX = 100;
  private static final int DAYS_MAX = 3_650;

  private final AccountRegistry registry;
  private final PasswordHasher passwords;
  private final SecretHasher hasher;

  public PersonResource(AccountRegistry registry, PasswordHasher passwords, SecretHasher hasher) {
    this.registry = registry;
    this.passwords = passwords;
    this.hasher = hasher;
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of(
        "GET people/{name}",
        "PATCH people/{name}",
        "POST people/{name}/tokens",
        "DELETE people/{name}/tokens");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    try {
      return switch (request.operation()) {
        case "GET people" ->
            ApiResult.ok(new PersonList(registry.people().stream().map(this::view).toList()));
        case "POST people" -> add(request.body(NewPerson.class));
        case "DELETE people/{name}" -> remove(request);
        case "GET people/{name}",
            "PATCH people/{name}",
            "POST people/{name}/tokens",
            "DELETE people/{name}/tokens" ->
            withPerson(request);
        default -> null;
      };
    } catch (AccountRefusedException e) {
      return AccountAnswers.refused(e);
    } catch (BusyException e) {
      return ApiResult.problem(
          HttpStatus.SERVICE_UNAVAILABLE_503, "busy", String.valueOf(e.getMessage()));
    }
  }

  private ApiResult withPerson(ApiRequest request)
      throws IOException, AccountRefusedException, BusyException {
    Person person = registry.person(request.name());
    if (person == null || !isOneself(request, person)) {
      return AccountResource.noSuchPerson(request.name());
    }
    return switch (request.operation()) {
      case "GET people/{name}" -> ApiResult.ok(view(person));
      // What may last longer than the token it is done with is done with the password.
      case "PATCH people/{name}" ->
          isByToken(request)
              ? needsPassword()
              : change(request, person, request.body(PersonChange.class));
      case "POST people/{name}/tokens" ->
          isByToken(request)
              ? needsPassword()
              : addToken(person, request.body(NewToken.class), request.actor().at());
      default -> removeToken(request, person);
    };
  }

  private static boolean isOneself(ApiRequest request, Person person) {
    return switch (request.principal()) {
      case Principal.ServerAdministrator _ -> true;
      case Principal.Member member -> member.person().id() == person.id();
    };
  }

  private static boolean isByToken(ApiRequest request) {
    return request.principal() instanceof Principal.Member member && member.token() != null;
  }

  private static ApiResult needsPassword() {
    return ApiResult.problem(
        HttpStatus.FORBIDDEN_403,
        "a password is needed",
        "a token may not change passwords or make tokens; send your name and password as Basic authentication");
  }

  private PersonView view(Person person) {
    return new PersonView(
        person.name(),
        person.disabled(),
        person.passwordHash() != null,
        registry.accounts().stream()
            .filter(account -> registry.role(account.id(), person.id()) != null)
            .map(account -> {
              Role role = registry.role(account.id(), person.id());
              return new PersonsAccount(
                  account.name(), role == null ? "" : AccountResource.text(role));
            })
            .toList(),
        registry.tokens(person.id()).stream().map(this::view).toList(),
        person.createdAt().toString());
  }

  private TokenView view(PersonalToken token) {
    Long accountId = token.accountId();
    Account account = accountId == null ? null : registry.account(accountId);
    Instant expires = token.expiresAt();
    return new TokenView(
        token.id(),
        token.label(),
        AccountResource.text(token.limit()),
        account == null ? null : account.name(),
        expires == null ? null : expires.toString(),
        token.createdAt().toString());
  }

  private ApiResult add(NewPerson wanted) throws AccountRefusedException, BusyException {
    String password = wanted.password();
    if (password != null && !isLongEnough(password)) {
      return badPassword();
    }
    String name = wanted.name();
    return ApiResult.created(
        view(
            registry.addPerson(
                name == null ? "" : name, password == null ? null : passwords.hash(password))));
  }

  private static boolean isLongEnough(String password) {
    return password.length() >= PasswordHasher.PASSWORD_MIN
        && password.length() <= PasswordHasher.PASSWORD_MAX;
  }

  private static ApiResult badPassword() {
    return ApiResult.problem(
        HttpStatus.BAD_REQUEST_400,
        "not a password",
        "a password has %d to %d characters"
            .formatted(PasswordHasher.PASSWORD_MIN, PasswordHasher.PASSWORD_MAX));
  }

  private ApiResult change(ApiRequest request, Person person, PersonChange change)
      throws BusyException {
    String password = change.password();
    Boolean disabled = change.disabled();
    if (disabled != null && !(request.principal() instanceof Principal.ServerAdministrator)) {
      return ApiResult.problem(
          HttpStatus.FORBIDDEN_403,
          "not for members",
          "the administrator of the server alone disables people");
    }
    if (password != null) {
      if (!isLongEnough(password)) {
        return badPassword();
      }
      registry.setPassword(person, passwords.hash(password));
    }
    Person now = registry.person(person.id());
    if (disabled != null && now != null) {
      registry.setDisabled(now, disabled);
    }
    Person changed = registry.person(person.id());
    return ApiResult.ok(view(changed == null ? person : changed));
  }

  private ApiResult remove(ApiRequest request) throws AccountRefusedException {
    Person person = registry.person(request.name());
    if (person == null) {
      return AccountResource.noSuchPerson(request.name());
    }
    registry.removePerson(person);
    return ApiResult.ok(new RemovedView(person.name()));
  }

  private ApiResult addToken(Person person, NewToken wanted, Instant now)
      throws AccountRefusedException {
    Role limit = wanted.role() == null ? Role.OWNER : AccountResource.role(wanted.role());
    if (limit == null) {
      return AccountResource.notARole(wanted.role());
    }
    String label = wanted.label() == null ? "" : wanted.label();
    Integer days = wanted.days();
    boolean fine = label.length() <= LABEL_MAX && (days == null || (days > 0 && days <= DAYS_MAX));
    if (!fine || registry.tokens(person.id()).size() >= TOKENS_MAX) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400,
          "not a token",
          "a label has at most %d characters, a token lasts 1 to %d days, and a person has at most %d"
              .formatted(LABEL_MAX, DAYS_MAX, TOKENS_MAX));
    }
    Account account = null;
    String accountName = wanted.account();
    if (accountName != null) {
      account = registry.account(accountName);
      if (account == null || registry.role(account.id(), person.id()) == null) {
        return AccountAnswers.noAccount(accountName);
      }
    }
    String secret = hasher.newSecret();
    PersonalToken token =
        registry.addToken(
            person,
            hasher.hash(secret),
            label,
            limit,
            account == null ? null : account.id(),
            days == null ? null : now.plus(Duration.ofDays(days)));
    return ApiResult.created(new TokenAdded(view(token), secret));
  }

  /** A token that may less than its person does not take away what may more. */
  private static boolean mayRemove(Principal principal, long number) {
    return switch (principal) {
      case Principal.ServerAdministrator _ -> true;
      case Principal.Member member -> {
        PersonalToken token = member.token();
        yield token == null || !token.isLimited() || token.id() == number;
      }
    };
  }

  private ApiResult removeToken(ApiRequest request, Person person) throws AccountRefusedException {
    long number;
    try {
      number = Long.parseLong(String.valueOf(request.parameter("id")));
    } catch (NumberFormatException _) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "which token", "say its number as ?id=NUMBER");
    }
    if (!mayRemove(request.principal(), number)) {
      return ApiResult.problem(
          HttpStatus.FORBIDDEN_403,
          "a token that is limited",
          "a token for one account, or for less than an owner does, removes itself only; send your name and password as Basic authentication");
    }
    registry.removeToken(person, number);
    return ApiResult.ok(new RemovedView(Long.toString(number)));
  }
}
