package net.homeport.registry.update;

import java.net.InetAddress;
import java.util.List;
import net.homeport.zone.address.AddressBlock;

/** What a request wants of a host's addresses of one family. */
public sealed interface AddressWish {
  /** Leave them as they are. */
  AddressWish KEEP = new Keep();

  /** Take them out of DNS. */
  AddressWish WITHDRAW = new Withdraw();

  /** Leave them as they are. */
  record Keep() implements AddressWish {}

  /** Take them out of DNS. */
  record Withdraw() implements AddressWish {}

  /**
   * Publish these, and no other.
   *
   * @param addresses all of one family; at least one, at most {@link #ADDRESSES_MAX}
   */
  record Publish(List<InetAddress> addresses) implements AddressWish {
    public Publish {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty() || addresses.size() > ADDRESSES_MAX) {
        throw new IllegalArgumentException(
            "%d addresses; 1 to %d are allowed".formatted(addresses.size(), ADDRESSES_MAX));
      }
    }

    /** One address. */
    public Publish(InetAddress address) {
      this(List.of(address));
    }
  }

  /**
   * Move each present address into this network and keep the bits that tell hosts apart (deSEC's
   * {@code myipv6=PREFIX/LENGTH}); a host without an address stays without.
   */
  record Renumber(AddressBlock network) implements AddressWish {}

  /** Most addresses of one family that a host may have. */
  int ADDRESSES_MAX = 16;
}
