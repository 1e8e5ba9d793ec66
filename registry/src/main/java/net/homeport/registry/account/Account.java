package net.homeport.registry.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An organisation that has hosts.
 *
 * @param id number in the store
 * @param name what it is called; unique, letter case does not matter
 * @param hostsMax how many hosts it may have; null for any number
 * @param suspended whether its members may do nothing for now
 */
public record Account(
    long id, String name, @Nullable Integer hostsMax, boolean suspended, Instant createdAt) {
  /** The account of hosts that were added without saying whose they are. */
  public static final long HOUSE = 1;

  /** Longest name, in characters. */
  public static final int NAME_MAX = 100;
}
