package net.homeport.registry.restriction;

import net.homeport.registry.host.Host;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.registry.update.Verdict;

/** Rejects whatever is asked for a blocked name. Thread safe. */
final class BlockCheck implements UpdateCheck {
  static final String NAME = "block";

  private final HostStandings standings;

  BlockCheck(HostStandings standings) {
    this.standings = standings;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean stops(Host host) {
    return standings.block(host.name()) != null;
  }

  @Override
  public Verdict check(ProposedChange change) {
    HostBlock block = standings.block(change.host().name());
    return block == null
        ? Verdict.PASS
        : new Verdict.Reject(
            Reason.BLOCKED,
            "the host was blocked by %s at %s: %s"
                .formatted(block.by(), block.at(), block.reason()));
  }
}
