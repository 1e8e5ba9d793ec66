package net.homeport.registry.liveness;

import java.util.function.Function;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.Verdict;

/** Asks of each host that is to change whether its silence forbids it. */
record SilenceCheck(Function<Host, Verdict> verdict) implements UpdateCheck {
  @Override
  public String name() {
    return "liveness";
  }

  @Override
  public Verdict check(ProposedChange change) {
    return verdict.apply(change.host());
  }
}
