package net.homeport.registry.host;

import java.util.List;

/**
 * What became of the wish to add several hosts, all of them or none.
 *
 * @param each what became of each wish, or would have, in their order
 * @param stored whether the hosts are there now: not when one of the wishes could not be granted,
 *     nor when it was a trial; the secrets of {@code each} are worthless then
 */
public record HostAdditions(List<HostAddition> each, boolean stored) {
  public HostAdditions {
    each = List.copyOf(each);
  }

  /** Whether each host was added, or was there before. */
  public boolean isPossible() {
    return each.stream().allMatch(HostAdditions::isPossible);
  }

  private static boolean isPossible(HostAddition addition) {
    return addition instanceof HostAddition.Added || addition instanceof HostAddition.AlreadyThere;
  }
}
