package net.homeport.zone.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A zone file: what messages call it, its octets, and where the files that it includes come from.
 *
 * <p>The octets must not change afterwards. One thread.
 */
public final class ZoneTextSource {
  /** Most octets of a zone file with all that it includes. */
  public static final int OCTETS_MAX = 256 * 1024 * 1024;

  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;

  private final String name;
  private final byte[] octets;
  private final Includes includes;
  private int @Nullable [] lineStarts;

  /**
   * @param name what errors call it, such as its file name
   * @param octets ASCII or UTF-8, with or without byte order mark
   */
  public ZoneTextSource(String name, byte[] octets, Includes includes) {
    this.name = name;
    this.octets = octets;
    this.includes = includes;
  }

  /** Text in memory, which may not include anything. */
  public static ZoneTextSource of(String name, String text) {
    return new ZoneTextSource(name, text.getBytes(StandardCharsets.UTF_8), Includes.REFUSED);
  }

  /** Where the files come from that {@code $INCLUDE} names (RFC 1035 5.1). */
  @FunctionalInterface
  public interface Includes {
    /** Includes nothing: for text that came over the network. */
    Includes REFUSED =
        _ -> {
          throw new IOException(
              "files are included only when './homeport zone' reads the zone file itself; put the file's lines here");
        };

    /**
     * The file that {@code path} means.
     *
     * @throws IOException if there is none, or it must not be read; the message says why and what
     *     to do
     */
    ZoneTextSource open(String path) throws IOException;
  }

  /** What errors call it. */
  public String name() {
    return name;
  }

  /** Its octets; not to be changed. */
  public byte[] octets() {
    return octets;
  }

  Includes includes() {
    return includes;
  }

  /** Line and column of the octet at this offset, both from 1; columns count characters. */
  Place place(int offset) {
    int[] starts = lineStarts;
    if (starts == null) {
      starts = indexed();
      lineStarts = starts;
    }
    int found = Arrays.binarySearch(starts, offset);
    int line = found >= 0 ? found : -found - 2;
    int column = 1;
    for (int at = starts[line]; at < Math.min(offset, octets.length); at++) {
      column += (octets[at] & CONTINUATION_MASK) == CONTINUATION ? 0 : 1;
    }
    return new Place(name, line + 1, column);
  }

  private int[] indexed() {
    int lines = 1;
    for (byte octet : octets) {
      lines += octet == '\n' ? 1 : 0;
    }
    int[] starts = new int[lines];
    int line = 0;
    starts[0] = EntryScanner.afterByteOrderMark(octets);
    for (int at = 0; at < octets.length; at++) {
      if (octets[at] == '\n') {
        starts[++line] = at + 1;
      }
    }
    return starts;
  }
}
