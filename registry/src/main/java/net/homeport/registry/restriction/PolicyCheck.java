package net.homeport.registry.restriction;

import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.registry.update.Verdict;
import org.jspecify.annotations.Nullable;

/** A check that goes by one setting of the host's policies, and rejects. Thread safe. */
final class PolicyCheck<T> implements UpdateCheck {
  private final String name;
  private final HostPolicies policies;
  private final PolicySetting<T> setting;
  private final Objection<T> objection;

  /** What a value has against a change. */
  @FunctionalInterface
  interface Objection<T> {
    /** In words for a person; null if nothing. */
    @Nullable String against(T value, ProposedChange change);
  }

  PolicyCheck(
      String name, HostPolicies policies, PolicySetting<T> setting, Objection<T> objection) {
    this.name = name;
    this.policies = policies;
    this.setting = setting;
    this.objection = objection;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Verdict check(ProposedChange change) {
    SetValue<T> value = policies.effective(change.host(), setting);
    String why = value == null ? null : objection.against(value.value(), change);
    return value == null || why == null
        ? Verdict.PASS
        : new Verdict.Reject(Reason.NOT_ALLOWED, why + ": " + value.words());
  }
}
