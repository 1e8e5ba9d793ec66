package net.homeport.agent;

import java.time.Duration;
import java.util.List;
import net.homeport.agent.address.AddressChange;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.publish.ConfirmationResult;
import net.homeport.agent.publish.PublishOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a listener's exceptions from the agent: telling of an update must never prevent it. */
final class IsolatedEvents implements AgentEvents {
  private static final Logger LOG = LoggerFactory.getLogger(IsolatedEvents.class);

  private final AgentEvents listener;

  IsolatedEvents(AgentEvents listener) {
    this.listener = listener;
  }

  @Override
  public void addressChanged(AddressChange change) {
    isolate(() -> listener.addressChanged(change));
  }

  @Override
  public void noAddress(String why) {
    isolate(() -> listener.noAddress(why));
  }

  @Override
  public void publishing(List<String> hosts, CurrentAddresses addresses) {
    isolate(() -> listener.publishing(hosts, addresses));
  }

  @Override
  public void accepted(
      List<String> hosts, CurrentAddresses addresses, PublishOutcome.Accepted outcome) {
    isolate(() -> listener.accepted(hosts, addresses, outcome));
  }

  @Override
  public void retrying(List<String> hosts, PublishOutcome.Retry outcome, Duration wait) {
    isolate(() -> listener.retrying(hosts, outcome, wait));
  }

  @Override
  public void stopped(List<String> hosts, PublishOutcome.Stop outcome) {
    isolate(() -> listener.stopped(hosts, outcome));
  }

  @Override
  public void confirmed(ConfirmationResult result) {
    isolate(() -> listener.confirmed(result));
  }

  private static void isolate(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      LOG.warn("a listener failed", e);
    }
  }
}
