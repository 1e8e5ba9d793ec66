package net.homeport.registry.challenge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Authenticator;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * Answers to challenges by those who may change the host itself, in dialects that set TXT records
 * with a host's own credential. Thread safe; blocks the caller until an answer is durable and
 * visible.
 */
public final class ChallengeRequests {
  private final Authenticator authenticator;
  private final HostUpdates updates;
  private final HostGrants grants;
  private final Challenges challenges;

  /**
   * @param updates finds hosts by the names that are asked for
   */
  public ChallengeRequests(
      Authenticator authenticator, HostUpdates updates, HostGrants grants, Challenges challenges) {
    this.authenticator = authenticator;
    this.updates = updates;
    this.grants = grants;
    this.challenges = challenges;
  }

  /** What became of a request. */
  public sealed interface Result {
    /** Nobody that we know. */
    record Unauthorized() implements Result {}

    /** Not looked at for now. */
    record Postponed(Duration retryAfter) implements Result {}

    /**
     * Looked at.
     *
     * @param hosts those that it was about
     * @param outcome the worst of them
     * @param changed whether anything is other than before
     */
    record Done(List<Host> hosts, ChallengeOutcome outcome, boolean changed) implements Result {
      public Done {
        hosts = List.copyOf(hosts);
      }
    }
  }

  /**
   * Publishes an answer at each of these hosts, or takes it away.
   *
   * @param names as sent; may be short of their zone if {@code inShort}
   * @param answer null for all that stand there, which can only be taken away
   */
  public Result answer(
      Presented presented,
      RequestOrigin origin,
      List<String> names,
      boolean inShort,
      @Nullable String answer,
      boolean withdraw) {
    return switch (authenticator.authenticate(presented, origin)) {
      case Authentication.Unproven _ -> new Result.Unauthorized();
      case Authentication.Postponed postponed -> new Result.Postponed(postponed.retryAfter());
      case Authentication.Proven proven -> {
        Credential credential = proven.credential();
        var hosts = new ArrayList<Host>();
        for (String name : names) {
          var wish = new HostWish(name, AddressWish.KEEP, AddressWish.KEEP);
          Host host = updates.named(inShort ? wish.named(name) : wish, credential);
          if (host == null || !mayAnswer(credential, host)) {
            yield done(
                List.of(), new ChallengeOutcome.Forbidden("not a host that it may answer for"));
          }
          hosts.add(host);
        }
        if (!withdraw && (answer == null || !ChallengeNames.isAnswer(answer))) {
          yield done(hosts, new ChallengeOutcome.Refused("it cannot be an answer to a challenge"));
        }
        yield answered(hosts, credential.username(), origin, answer, withdraw);
      }
    };
  }

  /** Whether a credential may answer the challenges of a host. */
  public boolean mayAnswer(Credential credential, Host host) {
    return grants.mayChange(credential, host) && grants.mayChange(credential, Type.TXT);
  }

  private static Result done(List<Host> hosts, ChallengeOutcome outcome) {
    return new Result.Done(hosts, outcome, false);
  }

  private Result answered(
      List<Host> hosts,
      String actor,
      RequestOrigin origin,
      @Nullable String answer,
      boolean withdraw) {
    boolean changed = false;
    for (Host host : hosts) {
      Set<String> before = Set.copyOf(challenges.answers(host));
      ChallengeOutcome outcome =
          withdraw || answer == null
              ? challenges.withdraw(host, answer, actor, origin)
              : challenges.publish(host, answer, actor, origin);
      if (!(outcome instanceof ChallengeOutcome.Published)) {
        return done(hosts, outcome);
      }
      changed |= !before.equals(Set.copyOf(challenges.answers(host)));
    }
    return new Result.Done(hosts, new ChallengeOutcome.Published(), changed);
  }
}
