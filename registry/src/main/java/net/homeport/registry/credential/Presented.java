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

  /**
   * A signature in place of a secret, for requests in clear: {@link RequestSignatures}.
   *
   * @param username of the credential whose signing secret made it
   * @param time when it was made by the device's clock, in seconds since 1970; as sent
   * @param nonce what tells requests of the same second apart; as sent
   * @param text all that is signed
   * @param signature in hexadecimal; as sent
   */
  record Signed(String username, String time, String nonce, String text, String signature)
      implements Presented {
    @Override
    public String claimedName() {
      return username;
    }

    /** Without the text: it holds the query, which may hold anything. */
    @Override
    public String toString() {
      return "Signed[" + username + ", " + time + "]";
    }
  }

  /**
   * The answer to a challenge of ours, in GnuDIP's way: MD5 over the MD5 of the secret that signs
   * and a salt, which is used once. It covers nothing of what is asked.
   *
   * @param username of a credential, or its first part
   * @param domain the rest of it; may be empty
   * @param salt what we sent
   * @param digest in hexadecimal; as sent
   */
  record Challenged(String username, String domain, String salt, String digest)
      implements Presented {
    /** The user name that both parts make. */
    public String fullName() {
      return domain.isEmpty() ? username : username + "." + domain;
    }

    @Override
    public String claimedName() {
      return fullName();
    }

    @Override
    public String toString() {
      return "Challenged[" + fullName() + "]";
    }
  }

  /**
   * FreeDNS's name of a login: SHA-1 of the user name, a bar and the secret that signs. It is the
   * same each time, so whoever hears it has it.
   *
   * @param digest in hexadecimal; as sent, and never logged
   */
  record Hashed(String digest) implements Presented {
    @Override
    public String claimedName() {
      return "";
    }

    @Override
    public String toString() {
      return "Hashed[...]";
    }
  }
}
