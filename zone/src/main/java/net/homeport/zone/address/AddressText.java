package net.homeport.zone.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;

/** Addresses as text; never a host name, so nothing is ever looked up. */
public final class AddressText {
  private AddressText() {}

  /** The address of this text, or null if it is none; an IPv4-mapped one (RFC 4291) is IPv4. */
  public static @Nullable InetAddress parse(String text) {
    byte[] octets = Address.toByteArray(text, Address.IPv4);
    if (octets == null) {
      octets = Address.toByteArray(text, Address.IPv6);
    }
    return octets == null ? null : ofOctets(octets);
  }

  /** The address as text: RFC 5952 for IPv6, without a zone. */
  public static String of(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4 ? address.getHostAddress() : compressed(octets);
  }

  /** The address of 4 or 16 octets; without a zone. */
  public static InetAddress ofOctets(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 octets", e);
    }
  }

  private static String compressed(byte[] octets) {
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (octets[2 * i] & 0xFF) << 8 | (octets[2 * i + 1] & 0xFF);
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < groups.length; ) {
      int end = i;
      while (end < groups.length && groups[end] == 0) {
        end++;
      }
      if (end - i > bestLength) {
        bestStart = i;
        bestLength = end - i;
      }
      i = Math.max(end, i + 1);
    }
    var text = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength - 1;
      } else {
        if (i > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
