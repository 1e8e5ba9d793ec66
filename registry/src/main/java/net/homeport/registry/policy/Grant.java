package net.homeport.registry.policy;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xbill.DNS.Name;

/**
 * What a key is and what it may do, as the policy sees it.
 *
 * @param key its name
 * @param disabled whether it allows nothing for now
 * @param rules by their numbers, which stay with a rule
 */
public record Grant(Name key, boolean disabled, SortedMap<Integer, UpdateRule> rules) {
  public Grant {
    rules = Collections.unmodifiableSortedMap(new TreeMap<>((Map<Integer, UpdateRule>) rules));
  }
}
