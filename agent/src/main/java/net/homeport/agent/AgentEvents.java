package net.homeport.agent;

import java.time.Duration;
import java.util.List;
import net.homeport.agent.address.AddressChange;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.publish.ConfirmationResult;
import net.homeport.agent.publish.PublishOutcome;

/**
 * Told what the agent does, for people and for tests. Each method does nothing unless overridden.
 *
 * <p>Called on the agent's thread, which waits; only {@link #confirmed} may come from another one,
 * while a method is running. An exception thrown here is logged and changes nothing. None of the
 * arguments holds a secret.
 */
public interface AgentEvents {
  /** Events nobody listens to. */
  AgentEvents NONE = new AgentEvents() {};

  /** A family has another address than before. */
  default void addressChanged(AddressChange change) {}

  /**
   * There is no address to publish; nothing is deleted. Told once until there is one again or the
   * reason changes.
   *
   * @param why a sentence for people, which says what could be done
   */
  default void noAddress(String why) {}

  /** A request is about to be made. */
  default void publishing(List<String> hosts, CurrentAddresses addresses) {}

  /** The server has the addresses. */
  default void accepted(
      List<String> hosts, CurrentAddresses addresses, PublishOutcome.Accepted outcome) {}

  /**
   * Not accepted now; it will be tried again.
   *
   * @param wait until then, unless the address changes before
   */
  default void retrying(List<String> hosts, PublishOutcome.Retry outcome, Duration wait) {}

  /**
   * Refused; it will not be tried again until the address or the password changes, the agent is
   * started anew, or six hours have passed.
   */
  default void stopped(List<String> hosts, PublishOutcome.Stop outcome) {}

  /** What the DNS servers answered after {@link #accepted}. */
  default void confirmed(ConfirmationResult result) {}
}
