package net.homeport.agent.publish;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Who asks for updates. The password is fetched for each request, so that a changed password file
 * is noticed, and never shown.
 *
 * @param userName without colon, which would end it (RFC 7617 section 2)
 * @param password may throw when it cannot be read; not called concurrently
 */
public record Credentials(String userName, Supplier<String> password) {
  /**
   * Checks the user name.
   *
   * @throws IllegalArgumentException when it has a colon or a control character
   */
  public Credentials {
    if (userName.indexOf(':') >= 0 || userName.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a user name has no colon and no control character");
    }
  }

  /** The Authorization field for {@code secret} (RFC 7617, UTF-8). */
  String authorization(String secret) {
    byte[] pair = (userName + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return userName;
  }
}
