package net.homeport.registry.update;

import java.time.InstantSource;
import java.util.List;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.HostRegistry;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Keeps what was rejected of the requests of devices, without what may be a secret. */
final class RejectedRequests {
  private final HostRegistry registry;
  private final RejectedAttempts attempts;
  private final InstantSource clock;

  RejectedRequests(HostRegistry registry, RejectedAttempts attempts, InstantSource clock) {
    this.registry = registry;
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * Records it.
   *
   * @param hosts those that it was rejected for
   * @param why in words for a person
   */
  void record(UpdateRequest request, List<HostWish> hosts, String why) {
    attempts.record(
        new RejectedAttempt(
            claimedName(request.presented()),
            request.origin().frontDoor(),
            request.origin().source(),
            hosts.stream().map(wish -> withoutSecret(wish, request.presented())).toList(),
            hosts.isEmpty() ? "" : hosts.getFirst().words(),
            why,
            clock.instant()));
  }

  /** A name that is none here may be a secret in the wrong field, and is not kept. */
  private String claimedName(Presented presented) {
    String claimed = presented.claimedName();
    return registry.credential(claimed) != null || isHost(claimed) ? claimed : "";
  }

  private boolean isHost(String text) {
    try {
      return registry.host(Name.fromString(text, Name.root)) != null;
    } catch (TextParseException _) {
      return false;
    }
  }

  private static String withoutSecret(HostWish wish, Presented presented) {
    String secret =
        switch (presented) {
          case Presented.Password password -> password.secret();
          case Presented.Token token -> token.token();
          case Presented.Hashed hashed -> hashed.digest();
          case Presented.Signed _, Presented.Challenged _ -> "";
        };
    return !secret.isEmpty() && wish.hostName().contains(secret) ? "***" : wish.hostName();
  }
}
