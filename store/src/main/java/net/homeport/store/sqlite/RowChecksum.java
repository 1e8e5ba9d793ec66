package net.homeport.store.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The checksum of a row: CRC-32C over the name of its table and its values, with their types. */
final class RowChecksum {
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int OCTETS = 3;
  private static final int FRACTION = 4;

  private RowChecksum() {}

  /**
   * The checksum, from 0 to 2^32 - 1.
   *
   * @param values null, numbers, truth values, texts and octets
   */
  static long of(String table, @Nullable Object[] values) {
    var crc = new CRC32C();
    crc.update(table.getBytes(StandardCharsets.US_ASCII));
    for (Object value : values) {
      switch (value) {
        case null -> crc.update(0);
        case Boolean truth -> add(crc, NUMBER, truth ? 1 : 0);
        case Double fraction -> add(crc, FRACTION, Double.doubleToLongBits(fraction));
        case Number number -> add(crc, NUMBER, number.longValue());
        case String text -> add(crc, TEXT, text.getBytes(StandardCharsets.UTF_8));
        case byte[] octets -> add(crc, OCTETS, octets);
        default -> throw new IllegalArgumentException("no value of a column: " + value);
      }
    }
    return crc.getValue();
  }

  private static void add(CRC32C crc, int type, long number) {
    crc.update(ByteBuffer.allocate(1 + Long.BYTES).put((byte) type).putLong(number).flip());
  }

  private static void add(CRC32C crc, int type, byte[] octets) {
    crc.update(
        ByteBuffer.allocate(1 + Integer.BYTES).put((byte) type).putInt(octets.length).flip());
    crc.update(octets);
  }
}
