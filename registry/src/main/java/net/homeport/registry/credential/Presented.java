package net.homeport.registry.credential;

/** What a request proves itself with, before anybody has looked whether it does. */
public sealed interface Presented {
  /** Who they say they are, for the log and the history; not proven, and never a secret. */
  String claimedName();

  /**
   * A user name and its secret: the Basic scheme (RFC 7617), or both in the query.
   *
   * @param secret never logged
   */
  record Password(String username, String secret) implements Presented {
    @Override
    public String claimedName() {
      return username;
    }

    @Override
    public String toString() {
      return "Password[" + username + "]";
    }
  }

  /**
   * A secret that says by itself whose it is: the Bearer scheme (RFC 6750), {@code ?token=}, or a
   * step of the path.
   *
   * @param token never logged
   */
  record Token(String token) implements Presented {
    @Override
    public String claimedName() {
      return "";
    }

    @Override
    public String toString() {
      return "Token[...]";
    }
  }
}
