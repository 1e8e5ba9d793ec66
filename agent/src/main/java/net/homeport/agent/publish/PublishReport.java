package net.homeport.agent.publish;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.homeport.agent.address.CurrentAddresses;

/**
 * What came of one request.
 *
 * @param addresses what was sent
 * @param outcomes of each host, in the order they were sent
 */
public record PublishReport(
    CurrentAddresses addresses, SequencedMap<String, PublishOutcome> outcomes) {

  /** Copies the outcomes. */
  public PublishReport {
    outcomes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outcomes));
  }

  /** The hosts that share an outcome, for each outcome, in order of first appearance. */
  public SequencedMap<PublishOutcome, List<String>> hostsByOutcome() {
    var grouped = new LinkedHashMap<PublishOutcome, List<String>>();
    for (PublishOutcome outcome : outcomes.values()) {
      grouped.computeIfAbsent(outcome, this::hostsWith);
    }
    return grouped;
  }

  /** The hosts whose address the server now has. */
  public List<String> accepted() {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof PublishOutcome.Accepted)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<String> hostsWith(PublishOutcome outcome) {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getValue().equals(outcome))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The same outcome for every host. */
  static PublishReport forAll(
      List<String> hosts, CurrentAddresses addresses, PublishOutcome outcome) {
    var outcomes = new LinkedHashMap<String, PublishOutcome>();
    hosts.forEach(host -> outcomes.put(host, outcome));
    return new PublishReport(addresses, outcomes);
  }
}
