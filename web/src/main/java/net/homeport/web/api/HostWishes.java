package net.homeport.web.api;

import java.util.Locale;
import java.util.Set;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.Permission;
import net.homeport.registry.account.Principal;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.HostRequest;
import net.homeport.registry.host.NameClaim;
import net.homeport.web.api.ApiModel.NewHost;
import net.homeport.zone.Rrset;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Reads who wishes for which new hosts, and puts into words what stands against it. */
final class HostWishes {
  /** Of a name below a name below the root. */
  private static final int LABELS_MIN = 3;

  private final HostRegistry registry;
  private final AccountRegistry accounts;
  private final CredentialOwners owners;

  HostWishes(HostRegistry registry, AccountRegistry accounts, CredentialOwners owners) {
    this.registry = registry;
    this.accounts = accounts;
    this.owners = owners;
  }

  /** A wish as it was read. */
  sealed interface Wish {
    /** They may wish for it. */
    record Sound(HostRequest request) implements Wish {}

    /** It is no wish, or not theirs to have. */
    record Refused(ApiResult result) implements Wish {
      /** Why, in words. */
      String detail() {
        return result.body() instanceof ApiModel.Problem problem ? problem.detail() : "";
      }
    }
  }

  /** What stands against a wish, in words. */
  record Obstacle(String title, String detail) {}

  /**
   * What this one wishes for.
   *
   * @param beside names, in lower case, of the hosts that they wish for with it: one's credential
   *     may be joined
   */
  Wish read(ApiRequest request, NewHost wanted, Set<String> beside) {
    Name name = ApiNames.parse(wanted.name());
    if (name == null) {
      return new Wish.Refused(ApiNames.notAName(wanted.name()));
    }
    if (name.isWild()) {
      return refused(
          HttpStatus.BAD_REQUEST_400,
          "a wildcard is no host",
          "'%s' stands for many names, and a host is one: add each of them, or a static record with the wildcard to the zone's file ('homeport zone import')"
              .formatted(ApiNames.text(name)));
    }
    if (name.labels() < LABELS_MIN) {
      return refused(
          HttpStatus.NOT_FOUND_404,
          "no zone for the host",
          "'%s' lies in no zone of this server; give the full name, such as %s.dyn.example.org ('homeport zone list' shows the zones)"
              .formatted(ApiNames.text(name), name.labels() > 1 ? ApiNames.text(name) : "cam"));
    }
    Integer wantedTtl = wanted.ttl();
    long ttl = wantedTtl == null ? Host.DEFAULT_TTL : wantedTtl;
    if (ttl < 0 || ttl > Rrset.TTL_MAX) {
      return refused(
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
      return new Wish.Refused(AccountAnswers.noAccount(wantedAccount));
    }
    if (permission == Permission.FORBIDDEN) {
      return new Wish.Refused(AccountAnswers.forbidden(Deed.MANAGE_HOSTS));
    }
    if (!mayJoin(request, wanted.username(), account, beside)) {
      return new Wish.Refused(
          ApiResult.problem(
              HttpStatus.FORBIDDEN_403,
              "not your credential",
              "the account '%s' has no credential '%s'; join one of a host of that account, or leave the user name out: the host gets a credential of its own"
                  .formatted(account.name(), wanted.username())));
    }
    if (!request.mayHave(account.id(), name)) {
      return new Wish.Refused(
          ApiResult.problem(
              HttpStatus.FORBIDDEN_403,
              "not your name",
              "the account '%s' may have no host '%s'; the administrator of the server grants names with 'homeport account grant'"
                  .formatted(account.name(), ApiNames.text(name))));
    }
    return new Wish.Sound(new HostRequest(name, ttl, wanted.username(), claim(request, account)));
  }

  private static Wish refused(int status, String title, String detail) {
    return new Wish.Refused(ApiResult.problem(status, title, detail));
  }

  /** The administrator of the server alone may set rules of names aside. */
  private static NameClaim claim(ApiRequest request, Account account) {
    boolean may = request.principal() instanceof Principal.ServerAdministrator;
    return new NameClaim(
        account.id(), may && request.isSet("force"), may && request.isSet("reclaim"));
  }

  /** A credential is joined by those alone to whose account all belongs that it may change. */
  private boolean mayJoin(
      ApiRequest request, @Nullable String username, Account account, Set<String> beside) {
    if (username == null || request.principal() instanceof Principal.ServerAdministrator) {
      return true;
    }
    Credential credential = registry.credential(username);
    if (credential == null) {
      return beside.contains(username.toLowerCase(Locale.ROOT));
    }
    Account owner = owners.ownerOf(credential);
    return owner != null && owner.id() == account.id();
  }

  /** What stands against it. */
  static Obstacle obstacle(HostAddition addition) {
    return switch (addition) {
      case HostAddition.Added added ->
          throw new IllegalArgumentException("nothing stands against " + added.host().name());
      case HostAddition.AlreadyThere there ->
          new Obstacle(
              "the host exists",
              "the host '%s' was added on %s"
                  .formatted(ApiNames.text(there.host().name()), there.host().createdAt()));
      case HostAddition.NotAHostName no ->
          new Obstacle(
              "not a host name",
              "'%s' cannot be a host: %s".formatted(ApiNames.text(no.name()), no.why()));
      case HostAddition.NoSuchZone no ->
          new Obstacle(
              "no zone for the host",
              "'%s' lies in no zone of this server; add one with 'homeport zone add'"
                  .formatted(ApiNames.text(no.name())));
      case HostAddition.NoSuchCredential no ->
          new Obstacle(
              "no such credential",
              "no host's credential has the user name '%s'".formatted(no.username()));
      case HostAddition.NameTaken taken ->
          new Obstacle(
              "the name is taken",
              "'%s' cannot be a host: %s".formatted(ApiNames.text(taken.name()), taken.why()));
      case HostAddition.Refused refused ->
          new Obstacle(
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
}
