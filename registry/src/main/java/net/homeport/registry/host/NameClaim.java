package net.homeport.registry.host;

/**
 * For whom a host is added, and which rules of names the administrator sets aside for it.
 *
 * @param accountId the account that will own it
 * @param force whether reserved and look-alike names and limits of number do not matter
 * @param reclaim whether it does not matter that the name was a host's not long ago
 */
public record NameClaim(long accountId, boolean force, boolean reclaim) {
  /** The account of the administrator, who owns what nobody else does. */
  public static final long ADMINISTRATOR = 1;

  /** The administrator, who keeps to the rules. */
  public static final NameClaim ORDINARY = new NameClaim(ADMINISTRATOR, false, false);
}
