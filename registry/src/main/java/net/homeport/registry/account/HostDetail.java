package net.homeport.registry.account;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people know of a host and DNS does not.
 *
 * @param accountId whose it is
 * @param labels words of its people by which it is found, such as {@code device=camera}
 */
public record HostDetail(long accountId, SortedMap<String, String> labels) {
  /** Of a host of the house without labels: most, so nothing is kept of them. */
  public static final HostDetail NONE = new HostDetail(Account.HOUSE, new TreeMap<>());

  /** Most labels of a host. */
  public static final int LABELS_MAX = 32;

  public HostDetail {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) labels));
  }
}
