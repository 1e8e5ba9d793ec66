package net.homeport.agent.publish;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What DNS servers said after a server accepted an address. */
public sealed interface ConfirmationResult {
  /**
   * Every server asked answers the new address.
   *
   * @param took from the acceptance to the last server's answer
   * @param servers asked, by name or address
   */
  record Confirmed(Duration took, List<String> servers) implements ConfirmationResult {
    /** Copies the servers. */
    public Confirmed {
      servers = List.copyOf(servers);
    }
  }

  /**
   * Some server did not answer it in time. The update stands; a secondary may be late.
   *
   * @param waited how long
   * @param behind what each server that lags said last, by its name or address
   */
  record Unconfirmed(Duration waited, Map<String, String> behind) implements ConfirmationResult {
    /** Copies the answers. */
    public Unconfirmed {
      behind = Map.copyOf(behind);
    }
  }

  /**
   * Nobody could be asked.
   *
   * @param why for people
   */
  record Unknown(String why) implements ConfirmationResult {}
}
