package net.homeport.agent.address;

import java.io.IOException;
import java.time.Duration;

/** Where the agent learns its addresses. Used by one thread; {@link #close} by any. */
public interface AddressSource extends AutoCloseable {
  /**
   * The addresses worth publishing now; empty when there are none.
   *
   * @throws IOException when they cannot be learnt now, which says nothing about them
   */
  CurrentAddresses read() throws IOException, InterruptedException;

  /**
   * Waits for the next reason to read again.
   *
   * @param limit how long at most
   * @return the reason
   */
  AddressChange.Why await(Duration limit) throws InterruptedException;

  /** Why the last {@link #read} was empty, in a sentence for people. */
  String explain();

  /** Ends a wait in progress. */
  @Override
  void close();
}
