package net.homeport.registry.restriction;

import java.time.temporal.ChronoUnit;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.Verdict;

/**
 * Withholds what is asked for a host that a person has yet to approve: one that was added since its
 * policies ask for that, or whose own policy does. Thread safe.
 */
public final class ApprovalCheck implements UpdateCheck {
  static final String NAME = "approval";

  private final HostPolicies policies;
  private final HostStandings standings;

  ApprovalCheck(HostPolicies policies, HostStandings standings) {
    this.policies = policies;
    this.standings = standings;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict check(ProposedChange change) {
    Host host = change.host();
    SetValue<Boolean> asked = policies.longest(host, PolicySetting.APPROVAL);
    return asked == null || !waits(host, asked)
        ? Verdict.PASS
        : new Verdict.Withhold(
            "the host waits for a person's approval ('homeport host approve %s'): %s"
                .formatted(host.name().toString(true), asked.words()));
  }

  /** Whether a host is withheld until a person approves it. */
  public static boolean waits(Host host, HostPolicies policies, HostStandings standings) {
    SetValue<Boolean> asked = policies.longest(host, PolicySetting.APPROVAL);
    return asked != null && new ApprovalCheck(policies, standings).waits(host, asked);
  }

  private boolean waits(Host host, SetValue<Boolean> asked) {
    boolean ofItself =
        policies.policy(new PolicyScope.OfHost(host.name())).get(asked.setting()) != null;
    boolean isNew = !host.createdAt().truncatedTo(ChronoUnit.MILLIS).isBefore(asked.setAt());
    return (ofItself || isNew) && standings.approval(host.name()) == null;
  }
}
