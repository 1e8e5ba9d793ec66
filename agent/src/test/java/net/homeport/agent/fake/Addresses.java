package net.homeport.agent.fake;

import java.net.InetAddress;
import java.util.Arrays;
import net.homeport.agent.address.CurrentAddresses;

/** Addresses by their text. */
public final class Addresses {
  private Addresses() {}

  public static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  public static CurrentAddresses current(String... texts) {
    return CurrentAddresses.of(Arrays.stream(texts).map(Addresses::address).toList());
  }
}
