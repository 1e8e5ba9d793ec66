package net.homeport.web.api;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import net.homeport.registry.account.Authorization;
import net.homeport.registry.account.PasswordHasher.BusyException;
import net.homeport.registry.account.Principal;
import net.homeport.registry.account.PrincipalReader;
import net.homeport.web.http.BasicCredentials;
import net.homeport.web.http.Tries;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Who may use the API, and for what. Thread safe. */
public final class ApiAccess {
  private static final String BEARER = "bearer ";

  private final PrincipalReader principals;
  private final Authorization authorization;
  private final Tries wrongPasswords;

  /**
   * @param wrongPasswords counts the passwords that came from a client
   */
  public ApiAccess(PrincipalReader principals, Authorization authorization, Tries wrongPasswords) {
    this.principals = principals;
    this.authorization = authorization;
    this.wrongPasswords = wrongPasswords;
  }

  /** Who asks, as far as that was found out. */
  sealed interface Caller {
    /** They proved who they are. */
    record Known(Principal principal) implements Caller {}

    /** They did not. */
    record Unknown() implements Caller {}

    /** Nobody has looked: too many passwords came from there or for them, or are looked at. */
    record Slowed(Duration retryAfter) implements Caller {}
  }

  Authorization authorization() {
    return authorization;
  }

  /** A token is long and random, so guessing it is of no use; passwords are another matter. */
  Caller caller(Request request, InetAddress client) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return known(principals.ofToken(header.substring(BEARER.length()).strip()));
    }
    BasicCredentials basic = BasicCredentials.of(request);
    if (basic == null) {
      return new Caller.Unknown();
    }
    Duration wait = wrongPasswords.begin(client);
    if (wait.isPositive()) {
      return new Caller.Slowed(wait);
    }
    try {
      Caller caller = known(principals.ofPassword(basic.username(), basic.password(), client));
      if (caller instanceof Caller.Known) {
        wrongPasswords.succeeded(client);
      }
      return caller;
    } catch (BusyException e) {
      return new Caller.Slowed(e.retryAfter());
    }
  }

  private static Caller known(@Nullable Principal principal) {
    return principal == null ? new Caller.Unknown() : new Caller.Known(principal);
  }
}
