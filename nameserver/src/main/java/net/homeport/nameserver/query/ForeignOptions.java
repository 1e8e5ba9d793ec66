package net.homeport.nameserver.query;

import java.util.Set;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Type;

/**
 * Hides the EDNS options that are not spoken here from the library that reads messages: it would
 * refuse the whole message over the content of an option that is to be ignored (RFC 6891 6.1.2).
 */
final class ForeignOptions {
  private static final Set<Integer> SPOKEN =
      Set.of(
          EDNSOption.Code.NSID,
          EDNSOption.Code.COOKIE,
          EDNSOption.Code.TCP_KEEPALIVE,
          EDNSOption.Code.PADDING);

  /** An option code for local use (RFC 6891 9), of which nothing is known. */
  private static final int NEUTRAL = 65_001;

  private static final int HEADER = 12;
  private static final int QUESTION_TAIL = 4;
  private static final int RECORD_HEADER = 10;
  private static final int OPTION_HEADER = 4;

  private final byte[] message;
  private final int also;

  private ForeignOptions(byte[] message, int also) {
    this.message = message;
    this.also = also;
  }

  /** The message with foreign options renamed, in place; a damaged one is left as it is. */
  static void hide(byte[] message) {
    new ForeignOptions(message, NEUTRAL).hideAll();
  }

  /** As {@link #hide}, but for one more option that is spoken here. */
  static void hideAllBut(byte[] message, int also) {
    new ForeignOptions(message, also).hideAll();
  }

  private void hideAll() {
    int at = HEADER;
    for (int left = u16(4); left > 0 && at >= 0; left--) {
      at = within(afterName(at) + QUESTION_TAIL);
    }
    for (int left = u16(6) + u16(8) + u16(10); left > 0 && at >= 0; left--) {
      int tail = afterName(at);
      int rdata = within(tail + RECORD_HEADER);
      if (tail < 0 || rdata < 0) {
        return;
      }
      int end = within(rdata + u16(tail + 8));
      if (end >= 0 && u16(tail) == Type.OPT) {
        hideOptions(rdata, end);
      }
      at = end;
    }
  }

  private void hideOptions(int from, int end) {
    for (int at = from; at + OPTION_HEADER <= end; at += OPTION_HEADER + u16(at + 2)) {
      if (!SPOKEN.contains(u16(at)) && u16(at) != also) {
        message[at] = (byte) (NEUTRAL >> 8);
        message[at + 1] = (byte) NEUTRAL;
      }
    }
  }

  /** Behind the name at this place, which may end in a pointer; negative if it runs off. */
  private int afterName(int at) {
    int next = at;
    while (next >= 0 && next < message.length) {
      int octet = message[next] & 0xFF;
      if (octet == 0) {
        return next + 1;
      }
      if (octet >= 0xC0) {
        return next + 2;
      }
      next += octet + 1;
    }
    return Integer.MIN_VALUE / 2;
  }

  private int within(int at) {
    return at > message.length ? Integer.MIN_VALUE / 2 : at;
  }

  private int u16(int at) {
    return (message[at] & 0xFF) << 8 | (message[at + 1] & 0xFF);
  }
}
