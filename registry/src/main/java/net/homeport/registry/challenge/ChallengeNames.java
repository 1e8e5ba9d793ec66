package net.homeport.registry.challenge;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;

/** Where answers to challenges stand, and what they look like (RFC 8555 8.4). */
public final class ChallengeNames {
  static final String LABEL = "_acme-challenge";

  /** The base64url of a SHA-256 digest. */
  private static final Pattern ANSWER = Pattern.compile("[A-Za-z0-9_-]{43}");

  private ChallengeNames() {}

  /** Whether this can be an answer to a challenge; nothing else is published. */
  public static boolean isAnswer(String text) {
    return ANSWER.matcher(text).matches();
  }

  /** The name of the host whose answers stand at this name; null if it is no such name. */
  public static @Nullable Name hostOf(Name owner) {
    return owner.labels() > 1 && owner.getLabelString(0).equalsIgnoreCase(LABEL)
        ? new Name(owner, 1)
        : null;
  }

  /** The name at which the answers of a host stand; null if it would be too long. */
  public static @Nullable Name nameOf(Name host) {
    try {
      return Name.concatenate(Name.fromConstantString(LABEL), host);
    } catch (NameTooLongException _) {
      return null;
    }
  }
}
