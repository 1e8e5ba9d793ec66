package net.homeport.registry.update;

import java.util.List;
import net.homeport.registry.credential.Authenticator;
import net.homeport.registry.history.RejectedAttempts;

/**
 * What a request for hosts goes through, in this order.
 *
 * @param authenticator who asks
 * @param access whether they may change that host
 * @param planner what shall be
 * @param checks whether it may be
 * @param observers who is told what became of it
 * @param rejected keeps what was rejected
 */
public record UpdateStages(
    Authenticator authenticator,
    HostAccess access,
    AddressPlanner planner,
    List<UpdateCheck> checks,
    List<UpdateObserver> observers,
    RejectedAttempts rejected) {
  public UpdateStages {
    checks = List.copyOf(checks);
    observers = List.copyOf(observers);
  }

  /** Nothing but credentials and the addresses that were asked for. */
  public static UpdateStages plain(Authenticator authenticator, AddressPlanner planner) {
    return new UpdateStages(
        authenticator,
        HostAccess.OWN_CREDENTIAL,
        planner,
        List.of(),
        List.of(),
        RejectedAttempts.NONE);
  }
}
