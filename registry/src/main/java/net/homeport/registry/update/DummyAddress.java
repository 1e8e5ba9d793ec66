package net.homeport.registry.update;

import java.net.InetAddress;
import net.homeport.zone.address.AddressText;

/**
 * Withholds loopback addresses that come from elsewhere: some clients (OpenWrt's for No-IP) send
 * 127.0.0.1 first and their address after it, as a sign of life. Requests from this machine itself
 * may mean it.
 */
public final class DummyAddress implements UpdateCheck {
  @Override
  public String name() {
    return "dummy address";
  }

  @Override
  public Verdict check(ProposedChange change) {
    if (change.origin().source().isLoopbackAddress()) {
      return Verdict.PASS;
    }
    return change.addresses().stream()
        .filter(InetAddress::isLoopbackAddress)
        .findFirst()
        .<Verdict>map(address ->
            new Verdict.Withhold(
                AddressText.of(address)
                    + " is an address of the device for itself: a sign of life, not published"))
        .orElse(Verdict.PASS);
  }
}
