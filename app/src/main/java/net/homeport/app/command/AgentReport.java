package net.homeport.app.command;

import io.avaje.jsonb.Jsonb;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.homeport.agent.AgentEvents;
import net.homeport.agent.AgentResult;
import net.homeport.agent.address.AddressChange;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.publish.ConfirmationResult;
import net.homeport.agent.publish.PublishOutcome;

/** Tells what the agent does, a line an event: for people, or as JSON. */
final class AgentReport implements AgentEvents {
  private final PrintWriter out;
  private final boolean json;

  AgentReport(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  private synchronized void say(String event, String text) {
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("event", event);
      object.put("text", text);
      out.println(Jsonb.instance().toJson(object));
    } else {
      out.println(text);
    }
    out.flush();
  }

  private static String names(List<String> hosts) {
    return String.join(", ", hosts);
  }

  @Override
  public void addressChanged(AddressChange change) {
    String before =
        change.before().map(address -> address.getHostAddress() + " is now ").orElse("found ");
    say("address", "%s: %s%s".formatted(change.family(), before, change.after().getHostAddress()));
  }

  @Override
  public void noAddress(String why) {
    say("no-address", why);
  }

  @Override
  public void accepted(
      List<String> hosts, CurrentAddresses addresses, PublishOutcome.Accepted outcome) {
    say(
        "accepted",
        "%s: the server %s %s"
            .formatted(names(hosts), outcome.changed() ? "took" : "already had", addresses));
  }

  @Override
  public void retrying(List<String> hosts, PublishOutcome.Retry outcome, Duration wait) {
    say(
        "retrying",
        "%s: not yet, %s; next try in %d s"
            .formatted(names(hosts), outcome.detail(), wait.toSeconds()));
  }

  @Override
  public void stopped(List<String> hosts, PublishOutcome.Stop outcome) {
    say(
        "stopped",
        "%s: refused, %s; %s".formatted(names(hosts), outcome.detail(), outcome.reason().advice()));
  }

  @Override
  public void confirmed(ConfirmationResult result) {
    switch (result) {
      case ConfirmationResult.Confirmed confirmed ->
          say(
              "confirmed",
              "DNS answers it: %s, after %d ms"
                  .formatted(String.join(", ", confirmed.servers()), confirmed.took().toMillis()));
      case ConfirmationResult.Unconfirmed behind ->
          say("unconfirmed", "DNS does not answer it everywhere yet: " + behind.behind());
      case ConfirmationResult.Unknown unknown ->
          say("unconfirmed", "DNS could not be asked: " + unknown.why());
    }
  }

  /** What came of a single run, where no event told it. */
  void result(AgentResult result) {
    switch (result) {
      case AgentResult.UpToDate upToDate ->
          say("up-to-date", "the server has " + upToDate.addresses() + " already");
      case AgentResult.Refused refused ->
          say("refused", "the server refused it before: " + refused.refusals());
      case AgentResult.NoAddress _, AgentResult.Published _ -> {}
    }
  }
}
