package net.homeport.registry.credential;

import java.time.Duration;

/** Whether a request proved who it is. */
public sealed interface Authentication {
  /** It did. */
  record Proven(Credential credential) implements Authentication {}

  /**
   * It did not, or the credential may not be used like this. Which, is not told to the client.
   *
   * @param why for the history, in words for a person; never a secret
   */
  record Unproven(String why) implements Authentication {}

  /**
   * Not looked at: too many attempts failed before.
   *
   * @param retryAfter when trying again is right
   */
  record Postponed(String why, Duration retryAfter) implements Authentication {}
}
