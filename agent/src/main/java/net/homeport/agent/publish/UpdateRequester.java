package net.homeport.agent.publish;

import java.util.List;
import net.homeport.agent.address.CurrentAddresses;

/** Sends one update request. */
@FunctionalInterface
public interface UpdateRequester {
  /**
   * Asks the server to point {@code hosts} at {@code addresses}; waits for the answer. Failures are
   * outcomes, not exceptions.
   *
   * @param hosts at least one
   * @param addresses at least one; a missing family is not sent, so the server keeps it
   * @return an outcome for each host
   * @throws InterruptedException when interrupted; whether the server acted is then unknown
   */
  PublishReport request(List<String> hosts, CurrentAddresses addresses) throws InterruptedException;
}
