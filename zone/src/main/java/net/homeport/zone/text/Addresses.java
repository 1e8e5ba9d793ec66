package net.homeport.zone.text;

/** IPv4 and IPv6 addresses as text (RFC 1035 3.4.1, RFC 4291 2.2), octet by octet. */
final class Addresses {
  private static final int GROUPS = 8;
  private static final int IPV6_OCTETS = 16;

  private Addresses() {}

  /** Writes the four octets; false if the text is no IPv4 address. */
  static boolean ipv4(byte[] text, int from, int end, byte[] to, int at) {
    int part = 0;
    int digits = 0;
    int value = 0;
    for (int i = from; i < end; i++) {
      int digit = text[i] - '0';
      if (text[i] == '.') {
        if (digits == 0 || part == 3) {
          return false;
        }
        to[at + part++] = (byte) value;
        digits = 0;
        value = 0;
      } else if (digit < 0 || digit > 9 || (digits > 0 && value == 0)) {
        // A leading zero would be octal to some readers.
        return false;
      } else {
        value = value * 10 + digit;
        digits++;
        if (value > 255) {
          return false;
        }
      }
    }
    if (digits == 0 || part != 3) {
      return false;
    }
    to[at + 3] = (byte) value;
    return true;
  }

  /** Writes the sixteen octets; false if the text is no IPv6 address. */
  static boolean ipv6(byte[] text, int from, int end, byte[] to, int at) {
    int groups = 0;
    int gap = -1;
    int i = from;
    if (end - i >= 2 && text[i] == ':' && text[i + 1] == ':') {
      gap = 0;
      i += 2;
    }
    while (i < end) {
      int groupFrom = i;
      int value = 0;
      while (i < end && hex(text[i]) >= 0) {
        value = value << 4 | hex(text[i++]);
      }
      if (i < end && text[i] == '.') {
        if (groups > GROUPS - 2 || !ipv4(text, groupFrom, end, to, at + groups * 2)) {
          return false;
        }
        groups += 2;
        break;
      }
      if (i == groupFrom || i - groupFrom > 4 || groups == GROUPS) {
        return false;
      }
      to[at + groups * 2] = (byte) (value >>> 8);
      to[at + groups * 2 + 1] = (byte) value;
      groups++;
      if (i == end) {
        break;
      }
      if (text[i++] != ':' || i == end) {
        return false;
      }
      if (text[i] == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = groups;
        i++;
      }
    }
    return gap < 0 ? groups == GROUPS : groups < GROUPS && spread(to, at, groups, gap);
  }

  private static boolean spread(byte[] to, int at, int groups, int gap) {
    int tail = (groups - gap) * 2;
    System.arraycopy(to, at + gap * 2, to, at + IPV6_OCTETS - tail, tail);
    for (int i = at + gap * 2; i < at + IPV6_OCTETS - tail; i++) {
      to[i] = 0;
    }
    return true;
  }

  static int hex(byte octet) {
    if (octet >= '0' && octet <= '9') {
      return octet - '0';
    }
    int letter = octet | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
