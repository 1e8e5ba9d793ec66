package net.homeport.registry.site;

import java.time.Instant;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;

/**
 * What an address source is at present.
 *
 * @param block the address or network, without bits behind the prefix
 * @param at since when, as far as we were told
 * @param by who said so: the host, or the administrator
 * @param lengthBefore the prefix length before, where this one differs; -1 if it does not. Subnet
 *     numbers and suffixes that fitted may fit no more
 */
public record SourceValue(AddressBlock block, Instant at, String by, int lengthBefore) {
  /** The prefix length did not change. */
  public static final int SAME_LENGTH = -1;

  /**
   * The value after a report: this one if it says the same.
   *
   * @param present null if there is none
   */
  static SourceValue after(
      @Nullable SourceValue present, AddressBlock reported, Instant at, String by) {
    if (present == null) {
      return new SourceValue(reported, at, by, SAME_LENGTH);
    }
    if (present.block.equals(reported)) {
      return present;
    }
    boolean sameFamily = present.block.isIpv4() == reported.isIpv4();
    boolean changed = sameFamily && present.block.bits() != reported.bits();
    return new SourceValue(
        reported,
        at,
        by,
        changed ? present.block.prefixLength() : sameFamily ? present.lengthBefore : SAME_LENGTH);
  }

  /** The address, or the network with its prefix length. */
  public String text() {
    boolean isAddress = block.bits() == AddressBlock.of(block.network()).bits();
    return isAddress ? AddressText.of(block.network()) : block.toString();
  }

  /** Whether the prefix length changed with this value or one before. */
  public boolean isLengthChanged() {
    return lengthBefore != SAME_LENGTH;
  }
}
