package net.homeport.agent;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.homeport.agent.address.AddressChange;
import net.homeport.agent.address.AddressText;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.publish.ConfirmationResult;
import net.homeport.agent.publish.PublishOutcome;

/** Each event as a line, in order; confirmations on a line of their own, as they may come late. */
final class RecordedEvents implements AgentEvents {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BlockingQueue<ConfirmationResult> confirmations = new LinkedBlockingQueue<>();

  /** The next line, which has a minute to come. */
  String next() throws InterruptedException {
    String line = lines.poll(1, TimeUnit.MINUTES);
    return line == null ? "nothing" : line;
  }

  ConfirmationResult nextConfirmation() throws InterruptedException {
    ConfirmationResult result = confirmations.poll(1, TimeUnit.MINUTES);
    return result == null ? new ConfirmationResult.Unknown("nothing") : result;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  @Override
  public void addressChanged(AddressChange change) {
    lines.add(
        "changed %s from %s to %s"
            .formatted(
                change.family(),
                change.before().map(AddressText::format).orElse("none"),
                AddressText.format(change.after())));
  }

  @Override
  public void noAddress(String why) {
    lines.add("no address: " + why);
  }

  @Override
  public void publishing(List<String> hosts, CurrentAddresses addresses) {
    lines.add("publishing " + hosts + " " + addresses);
  }

  @Override
  public void accepted(
      List<String> hosts, CurrentAddresses addresses, PublishOutcome.Accepted outcome) {
    lines.add("accepted " + hosts + " " + addresses + (outcome.changed() ? "" : " unchanged"));
  }

  @Override
  public void retrying(List<String> hosts, PublishOutcome.Retry outcome, Duration wait) {
    lines.add("retrying " + hosts + " " + outcome.cause());
  }

  @Override
  public void stopped(List<String> hosts, PublishOutcome.Stop outcome) {
    lines.add("stopped " + hosts + " " + outcome.reason());
  }

  @Override
  public void confirmed(ConfirmationResult result) {
    confirmations.add(result);
    throw new IllegalStateException("what a listener throws does not matter");
  }
}
