package net.homeport.web.api;

import java.util.List;
import java.util.Locale;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountRefusedException;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.Principal;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** What is answered where accounts decide. */
final class AccountAnswers {
  private AccountAnswers() {}

  static ApiResult forbidden(Deed deed) {
    return ApiResult.problem(
        HttpStatus.FORBIDDEN_403,
        "your role does not allow it",
        "this needs the role %s or more; a token may be limited to less"
            .formatted(deed.needed().name().toLowerCase(Locale.ROOT)));
  }

  static ApiResult refused(AccountRefusedException why) {
    int status =
        switch (why.kind()) {
          case NOT_FOUND -> HttpStatus.NOT_FOUND_404;
          case CONFLICT -> HttpStatus.CONFLICT_409;
          case INVALID -> HttpStatus.BAD_REQUEST_400;
        };
    return ApiResult.problem(status, "not possible", String.valueOf(why.getMessage()));
  }

  /**
   * @param name as asked for; null if none was
   */
  static ApiResult noAccount(@Nullable String name) {
    return name == null
        ? ApiResult.problem(
            HttpStatus.BAD_REQUEST_400,
            "which account",
            "you are a member of none, or of several accounts; say which")
        : ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "no such account",
            "there is no account '%s'".formatted(name));
  }

  /** The account of who asks: the house for the administrator; null if they have not just one. */
  static @Nullable Account onlyAccount(ApiRequest request, AccountRegistry accounts) {
    return switch (request.principal()) {
      case Principal.ServerAdministrator _ -> accounts.account(Account.HOUSE);
      case Principal.Member member -> {
        List<Account> all =
            accounts.accounts().stream()
                .filter(account -> accounts.role(account.id(), member.person().id()) != null)
                .toList();
        yield all.size() == 1 ? all.getFirst() : null;
      }
    };
  }
}
