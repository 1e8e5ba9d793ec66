package net.homeport.agent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.publish.ConfirmationResult;
import net.homeport.agent.publish.PublishOutcome;
import net.homeport.agent.publish.PublishReport;

/** What came of {@link UpdateAgent#runOnce}. */
public sealed interface AgentResult {
  /**
   * There is no address to publish; nothing was sent.
   *
   * @param why a sentence for people, which says what could be done
   */
  record NoAddress(String why) implements AgentResult {}

  /** The server acknowledged these addresses before, and not too long ago; nothing was sent. */
  record UpToDate(CurrentAddresses addresses) implements AgentResult {}

  /**
   * The server refused these addresses before; nothing was sent.
   *
   * @param refusals by host
   */
  record Refused(CurrentAddresses addresses, SequencedMap<String, PublishOutcome.Stop> refusals)
      implements AgentResult {
    /** Copies the refusals. */
    public Refused {
      refusals = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(refusals));
    }
  }

  /**
   * A request was made.
   *
   * @param report its outcome for each host, which may be a failure
   * @param confirmation present when at least one host was accepted
   */
  record Published(PublishReport report, Optional<ConfirmationResult> confirmation)
      implements AgentResult {
    /** Whether the server has the addresses of every host it was asked for. */
    public boolean isAccepted() {
      return report.accepted().size() == report.outcomes().size();
    }
  }
}
