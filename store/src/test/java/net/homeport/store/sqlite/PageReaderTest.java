package net.homeport.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One page: what was written is read, and nothing else. */
final class PageReaderTest {
  private static final byte[] FIRST = octets("\1a");
  private static final byte[] END = octets("\2zz");
  private static final Attribution WHO =
      new Attribution("cam", "api", null, Instant.ofEpochMilli(5));

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static PageEntry entry(String key, @Nullable Attribution who) {
    return PageEntry.of(octets((char) key.length() + key + "\0rest"), who);
  }

  private static byte[] page(byte[] first, byte[] end, PageEntry... entries) throws SQLException {
    var pages = new ArrayList<byte[]>();
    var builder =
        new PageBuilder(3, first, end, PageBuilder.GOAL, (_, content) -> pages.add(content));
    for (PageEntry entry : entries) {
      builder.add(entry);
    }
    builder.finish();
    assertThat(pages).hasSize(1);
    return pages.getFirst();
  }

  private static List<String> read(long zoneId, byte[] first, byte[] content) {
    var read = new ArrayList<String>();
    var page = new PageReader(zoneId, first, content);
    while (page.advance()) {
      byte[] who = page.attribution();
      read.add(
          new String(page.node(), StandardCharsets.ISO_8859_1)
              + (who == null ? "" : AttributionCodec.decode(who).actor()));
    }
    read.add("then " + new String(page.next(), StandardCharsets.ISO_8859_1));
    return read;
  }

  private static void assertRefused(long zoneId, byte[] first, byte[] content) {
    assertThatThrownBy(() -> read(zoneId, first, content))
        .isInstanceOf(DamagedContentException.class)
        .hasMessageContaining("page of names");
  }

  @Test
  void whatIsWrittenIsRead() throws SQLException {
    byte[] content =
        page(FIRST, END, entry("\1a", null), entry("\1b", WHO), entry("\1\u00ff", null));
    assertThat(read(3, FIRST, content))
        .containsExactly("\2\1a\0rest", "\2\1b\0restcam", "\2\1\u00ff\0rest", "then \2zz");
    assertThat(read(3, FIRST, page(FIRST, new byte[0]))).containsExactly("then ");
  }

  @Test
  void theLayoutIsStable() throws SQLException {
    // Stores of older versions are read: this test may gain cases, never change one.
    byte[] content = page(FIRST, END, entry("\1a", null), entry("\1b", WHO));
    assertThat(HexFormat.of().formatHex(content, 4, content.length))
        .isEqualTo(
            "01"
                + "03027a7a"
                + "08"
                + "0201610072657374"
                + "00"
                + "08"
                + "0201620072657374"
                + "13"
                + "000363616d"
                + "0003617069"
                + "00"
                + "0000000000000005");
    assertThat(HexFormat.of().formatHex(content, 0, 4)).isEqualTo("8d99fc1f");
  }

  @Test
  void aNumberOfManyOctetsIsRead() throws SQLException {
    for (int size : new int[] {126, 127, 128, 129, 16_383, 16_384, 70_000, 2_097_152}) {
      byte[] node = Arrays.copyOf(octets("\2\1a\0"), size);
      var page = new PageReader(3, FIRST, page(FIRST, END, PageEntry.of(node, WHO)));
      assertThat(page.advance()).isTrue();
      assertThat(page.node()).isEqualTo(node);
      assertThat(page.advance()).isFalse();
    }
  }

  @Test
  void eachFlippedBitIsNoticed() throws SQLException {
    byte[] content = page(FIRST, END, entry("\1a", null), entry("\1b", WHO));
    for (int bit = 0; bit < 8 * content.length; bit++) {
      byte[] damaged = content.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(3, FIRST, damaged);
    }
    for (int bit = 0; bit < 8 * FIRST.length; bit++) {
      byte[] damaged = FIRST.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(3, damaged, content);
    }
    assertRefused(4, FIRST, content);
    assertRefused(-3, FIRST, content);
  }

  @Test
  void eachOtherLengthIsNoticed() throws SQLException {
    byte[] content = page(FIRST, END, entry("\1a", null), entry("\1b", WHO));
    for (int length = 0; length < content.length + 9; length++) {
      if (length != content.length) {
        assertRefused(3, FIRST, Arrays.copyOf(content, length));
      }
    }
  }

  @Test
  void namesOutOfOrderAreRefusedThoughTheChecksumIsRight() throws SQLException {
    assertRefused(3, FIRST, page(FIRST, END, entry("\1b", null), entry("\1a", null)));
    assertRefused(3, FIRST, page(FIRST, END, entry("\1b", null), entry("\1b", null)));
    assertRefused(3, FIRST, page(FIRST, END, entry("", null)));
    assertRefused(3, FIRST, page(FIRST, END, entry("\2zz", null)));
    assertRefused(3, FIRST, page(FIRST, END, entry("\3aaa", null)));
    assertRefused(3, FIRST, page(FIRST, FIRST));
    assertRefused(3, END, page(END, FIRST));
  }

  @Test
  void partsThatPassTheEndAreRefusedThoughTheChecksumIsRight() throws SQLException {
    byte[] content = page(FIRST, END, entry("\1a", null));
    byte[] node = content.clone();
    node[9] = 9;
    byte[] longNumber = Arrays.copyOf(content, content.length + 6);
    Arrays.fill(longNumber, 9, longNumber.length, (byte) 0xFF);
    byte[] next = content.clone();
    next[5] = (byte) 200;
    byte[] layout = content.clone();
    layout[4] = 2;
    byte[] key = content.clone();
    key[10] = 8;
    for (byte[] damaged : List.of(node, longNumber, next, layout, key)) {
      int checksum = PageReader.checksum(3, FIRST, damaged, damaged.length);
      java.nio.ByteBuffer.wrap(damaged).putInt(checksum);
      assertRefused(3, FIRST, damaged);
    }
  }

  @Test
  void anAttributionIsReadToItsEnd() {
    byte[] octets = AttributionCodec.encode(WHO);
    assertThat(AttributionCodec.decode(octets)).isEqualTo(WHO);
    for (int length = 0; length < octets.length + 3; length++) {
      byte[] damaged = Arrays.copyOf(octets, length);
      if (length != octets.length) {
        assertThatThrownBy(() -> AttributionCodec.decode(damaged))
            .isInstanceOf(DamagedContentException.class);
      }
    }
  }
}
