package net.homeport.registry.site;

import java.net.InetAddress;
import java.util.List;

/**
 * What a plan makes of its source as it is now.
 *
 * @param known whether the source was ever reported; while not, the host is left as it is
 * @param misfits why values of the source give no address, in words for a person
 */
public record DerivedAddresses(boolean known, List<InetAddress> addresses, List<String> misfits) {
  static final DerivedAddresses UNKNOWN = new DerivedAddresses(false, List.of(), List.of());

  public DerivedAddresses {
    addresses = List.copyOf(addresses);
    misfits = List.copyOf(misfits);
  }
}
