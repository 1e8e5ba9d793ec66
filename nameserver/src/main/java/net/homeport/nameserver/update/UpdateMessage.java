package net.homeport.nameserver.update;

import net.homeport.zone.update.ProposedUpdate;

/** What an UPDATE message says, or why it says nothing. */
public sealed interface UpdateMessage {
  /** It asks for this. */
  record Proposal(ProposedUpdate update) implements UpdateMessage {}

  /**
   * It is not an update that we could perform.
   *
   * @param rcode says so to the requestor (RFC 2136 2.2)
   */
  record Unusable(int rcode) implements UpdateMessage {}
}
