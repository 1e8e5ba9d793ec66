package net.homeport.registry.policy;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;

/**
 * What a key is and what it may do, as the policy sees it.
 *
 * @param key its name
 * @param disabled whether it allows nothing for now
 * @param rules by their numbers, which stay with a rule
 * @param labels what each is called where it decides; their text is made once, not with each update
 */
public record Grant(
    Name key, boolean disabled, SortedMap<Integer, UpdateRule> rules, Map<Integer, String> labels) {
  public Grant {
    rules = Collections.unmodifiableSortedMap(new TreeMap<>((Map<Integer, UpdateRule>) rules));
    labels = Map.copyOf(labels);
  }

  public Grant(Name key, boolean disabled, SortedMap<Integer, UpdateRule> rules) {
    this(
        key,
        disabled,
        rules,
        rules.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, rule -> "rule " + rule.getKey() + ": " + rule.getValue())));
  }

  /** What the rule of this number is called: {@code rule 1: ...}. */
  String label(int number) {
    return labels.getOrDefault(number, "rule " + number);
  }
}
