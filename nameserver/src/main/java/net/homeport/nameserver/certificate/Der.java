package net.homeport.nameserver.certificate;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the few elements of DER (ITU-T X.690) that keys and certificates are made of. */
final class Der {

  static final byte[] OID_RSA = oid(1, 2, 840, 113549, 1, 1, 1);
  static final byte[] NULL = element(0x05);

  private static final int SEQUENCE = 0x30;
  private static final int CONTEXT = 0x80;
  private static final int CONTEXT_CONSTRUCTED = 0xA0;
  private static final int SHORT_LENGTH_MAX = 0x7F;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return element(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return element(0x31, parts);
  }

  static byte[] integer(BigInteger value) {
    return element(0x02, value.toByteArray());
  }

  static byte[] bool(boolean value) {
    return element(0x01, new byte[] {(byte) (value ? 0xFF : 0)});
  }

  static byte[] octetString(byte[] octets) {
    return element(0x04, octets);
  }

  /** A bit string of whole octets. */
  static byte[] bitString(byte[] octets) {
    return element(0x03, new byte[1], octets);
  }

  static byte[] utf8String(String text) {
    return element(0x0C, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A time such as {@code 260101120000Z}. */
  static byte[] utcTime(String text) {
    return element(0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A time such as {@code 20260101120000Z}. */
  static byte[] generalizedTime(String text) {
    return element(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** An element with a tag of its context, around others. */
  static byte[] explicit(int tag, byte[]... parts) {
    return element(CONTEXT_CONSTRUCTED | tag, parts);
  }

  /** An element with a tag of its context instead of its own. */
  static byte[] implicit(int tag, byte[] content) {
    return element(CONTEXT | tag, content);
  }

  static byte[] oid(int first, int second, int... others) {
    var content = new ByteArrayOutputStream();
    content.write(first * 40 + second);
    for (int other : others) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (other >> shift != 0) {
          content.write(((other >> shift) & 0x7F) | 0x80);
        }
      }
      content.write(other & 0x7F);
    }
    return element(0x06, content.toByteArray());
  }

  /** The first element within the element that these octets are. */
  static byte[] firstWithin(byte[] outer) {
    ByteBuffer octets = ByteBuffer.wrap(outer);
    octets.get();
    int ignored = length(octets);
    int begin = octets.position();
    octets.get();
    int length = length(octets);
    byte[] first = new byte[octets.position() + length - begin];
    octets.get(begin, first);
    return first;
  }

  private static int length(ByteBuffer octets) {
    int first = octets.get() & 0xFF;
    if (first <= SHORT_LENGTH_MAX) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & SHORT_LENGTH_MAX); i++) {
      length = length << 8 | (octets.get() & 0xFF);
    }
    return length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    var all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length <= SHORT_LENGTH_MAX) {
      all.write(length);
    } else {
      byte[] octets = BigInteger.valueOf(length).toByteArray();
      int leading = octets[0] == 0 ? 1 : 0;
      all.write(0x80 | (octets.length - leading));
      all.write(octets, leading, octets.length - leading);
    }
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }
}
