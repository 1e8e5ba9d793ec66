package net.homeport.web.dialect;

import net.homeport.registry.credential.Presented;
import net.homeport.web.http.BasicCredentials;
import org.jspecify.annotations.Nullable;

/** Finds what a request proves itself with, in the places where devices put it. */
public final class PresentedSecrets {
  /** Parameters in which devices send a user name. */
  private static final String[] USERNAMES = {"username", "user", "login"};

  /** Parameters in which devices send its password. */
  private static final String[] PASSWORDS = {"password", "pass", "passwd"};

  private PresentedSecrets() {}

  /**
   * A signature alone, if there is one; else the Authorization header first; then a user name with
   * its password; then a token. A password without a user name is a token: it says by itself whose
   * it is.
   */
  public static @Nullable Presented of(DoorRequest request) {
    if (request.isSigned()) {
      return request.signed();
    }
    BasicCredentials basic = request.basic();
    if (basic != null) {
      return basic.username().isEmpty()
          ? new Presented.Token(basic.password())
          : new Presented.Password(basic.username(), basic.password());
    }
    if (request.bearer() != null) {
      return new Presented.Token(request.bearer());
    }
    String username = request.first(USERNAMES);
    String password = request.first(PASSWORDS);
    if (!password.isEmpty()) {
      return username.isEmpty()
          ? new Presented.Token(password)
          : new Presented.Password(username, password);
    }
    return token(request.first("token"));
  }

  /**
   * A signature alone, if there is one; else this token at its place in the URL, whatever else is
   * there; null if it is empty.
   */
  public static @Nullable Presented inUrl(DoorRequest request, String token) {
    return request.isSigned() ? request.signed() : token(token);
  }

  /** A token; null if it is empty. */
  public static @Nullable Presented token(String token) {
    return token.isEmpty() ? null : new Presented.Token(token);
  }

  /**
   * The user name that goes with it, by which some devices name their host; empty if none was sent.
   * A signature does not cover the Authorization header, so beside one that says nothing.
   */
  public static String username(DoorRequest request) {
    BasicCredentials basic = request.basic();
    return basic == null || request.isSigned() ? request.first(USERNAMES) : basic.username();
  }
}
