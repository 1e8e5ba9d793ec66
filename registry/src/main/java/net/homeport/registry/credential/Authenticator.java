package net.homeport.registry.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Finds out whether a request proves who it is. Thread safe; touches no disk. */
@FunctionalInterface
public interface Authenticator {
  /** The verdict; takes the same work whether the user name exists or not. */
  Authentication authenticate(Presented presented, RequestOrigin origin);

  /**
   * Why this credential, with its right secret, is not taken from there; null if it is. Whatever
   * asks how a request would fare asks this first.
   */
  default @Nullable String objection(Credential credential, RequestOrigin origin) {
    return null;
  }

  /**
   * Why what this credential proved at an earlier time is not taken for its word any more; null if
   * it is. That it came as it was allowed to then, within TLS or signed, is not asked again.
   */
  default @Nullable String objectionTo(Credential credential, RequestOrigin origin, Instant at) {
    return null;
  }
}
