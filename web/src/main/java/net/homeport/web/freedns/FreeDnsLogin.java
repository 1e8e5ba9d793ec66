package net.homeport.web.freedns;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.registry.credential.Presented;
import net.homeport.web.dialect.HostNameText;
import org.jspecify.annotations.Nullable;

/**
 * The token of an update URL that {@link FreeDnsListing} tells: who asks, and which host it is
 * about. It is made of what the client sent, so nothing of it is kept.
 *
 * @param digest SHA-1 of user name, bar and signing secret, in hexadecimal
 * @param host its full name
 */
record FreeDnsLogin(String digest, String host) {
  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f]{40})\\.(.{1,255})");

  /** The one of this text; null if it is another token. */
  static @Nullable FreeDnsLogin parse(String token) {
    Matcher matcher = FORM.matcher(token);
    return matcher.matches()
        ? new FreeDnsLogin(matcher.group(1), HostNameText.ascii(matcher.group(2)))
        : null;
  }

  /** What it proves. */
  Presented presented() {
    return new Presented.Hashed(digest);
  }

  /** As {@link #parse} reads it. */
  String text() {
    return digest + "." + host;
  }
}
