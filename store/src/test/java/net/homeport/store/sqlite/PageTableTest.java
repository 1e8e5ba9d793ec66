package net.homeport.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.homeport.store.sqlite.PageTable.Change;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a zone against a sorted map as their model. */
@Timeout(120)
final class PageTableTest {
  private static final long ZONE = 7;
  private static final byte[] APEX = {};

  @TempDir Path folder = Path.of("");
  private SqliteDatabase database;
  private final TreeMap<byte[], Change> model = new TreeMap<>(Arrays::compareUnsigned);

  @SuppressWarnings("NullAway.Init") // before each test
  PageTableTest() {}

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("test.db"));
    // Others have pages as well, before and after.
    for (long zone : new long[] {ZONE - 1, ZONE, ZONE + 1}) {
      database.write(
          "test",
          connection -> {
            try (var pages = new PageTable(connection, zone)) {
              pages.builder(APEX, APEX, PageBuilder.GOAL).finish();
            }
            return 0;
          });
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Octets that start with a key, as a stored node does. */
  private static byte[] node(byte[] key, int size, int fill) {
    byte[] node = new byte[2 + key.length + size];
    Arrays.fill(node, (byte) fill);
    node[0] = (byte) key.length;
    System.arraycopy(key, 0, node, 1, key.length);
    return node;
  }

  private static byte[] key(int number) {
    // Of several lengths, with octets above 127: their order is that of unsigned numbers.
    byte[] wide = ByteBuffer.allocate(Integer.BYTES).putInt(number * 0x9E3779B1).array();
    return Arrays.copyOf(wide, 2 + (number & 1) * 2);
  }

  private static Change change(int number, @Nullable Integer size, int version) {
    byte[] key = key(number);
    var who = new Attribution("who" + version, "api", null, Instant.ofEpochMilli(version));
    return new Change(key, size == null ? null : node(key, size, version), who);
  }

  private void apply(List<Change> changes) {
    var sorted = new TreeMap<byte[], Change>(Arrays::compareUnsigned);
    changes.forEach(change -> sorted.put(change.key(), change));
    List<Change> left = List.copyOf(sorted.values());
    while (!left.isEmpty()) {
      List<Change> part = left;
      int done =
          database.write(
              "test",
              connection -> {
                try (var pages = new PageTable(connection, ZONE)) {
                  return pages.patch(part);
                }
              });
      assertThat(done).isPositive();
      left = left.subList(done, left.size());
    }
    sorted.forEach((key, change) -> {
      if (change.node() == null) {
        model.remove(key);
      } else {
        model.put(key, change);
      }
    });
  }

  private List<byte[]> loaded() {
    var nodes = new ArrayList<byte[]>();
    database.read(
        "test",
        connection -> {
          try (var pages = new PageTable(connection, ZONE)) {
            pages.load(nodes::add);
          }
          return 0;
        });
    return nodes;
  }

  private @Nullable Attribution lastChange(byte[] key) {
    return database.read(
        "test",
        connection -> {
          try (var pages = new PageTable(connection, ZONE)) {
            return pages.lastChange(key);
          }
        });
  }

  private void assertIsModel(String when) {
    List<byte[]> nodes = loaded();
    assertThat(nodes).as(when).hasSameSizeAs(model.values());
    int i = 0;
    for (Change change : model.values()) {
      assertThat(nodes.get(i++)).as(when).isEqualTo(change.node());
    }
    for (int number = 0; number < 2_000; number += 37) {
      Change there = model.get(key(number));
      assertThat(lastChange(key(number))).isEqualTo(there == null ? null : there.attribution());
    }
    assertPagesAreOfTheRightSize(when);
  }

  private void assertPagesAreOfTheRightSize(String when) {
    database.read(
        "test",
        connection -> {
          try (var select =
              connection.prepareStatement("SELECT first, content FROM page WHERE zone_id = 7")) {
            var row = select.executeQuery();
            while (row.next()) {
              var page = new PageReader(ZONE, row.getBytes(1), row.getBytes(2));
              int entries = 0;
              while (page.advance()) {
                entries++;
              }
              boolean isFirst = row.getBytes(1).length == 0;
              assertThat(entries).as(when).isGreaterThanOrEqualTo(isFirst ? 0 : 1);
              assertThat(entries == 1 || row.getBytes(2).length <= PageBuilder.MAX + 300)
                  .as("%s: %d entries in %d octets", when, entries, row.getBytes(2).length)
                  .isTrue();
            }
          }
          return 0;
        });
  }

  private static int size(RandomGenerator random) {
    return switch (random.nextInt(60)) {
      case 0 -> 20_000 + random.nextInt(60_000);
      case 1, 2 -> 2_000 + random.nextInt(6_000);
      default -> random.nextInt(150);
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomChangesEndInWhatAMapHolds(long seed) {
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 50; round++) {
      var changes = new ArrayList<Change>();
      // Grows, then shrinks until pages are empty, then grows again.
      int additionsOfTen = round % 25 < 14 ? 8 : 1;
      for (int left = 1 + random.nextInt(400); left > 0; left--) {
        boolean adds = random.nextInt(10) < additionsOfTen;
        changes.add(change(random.nextInt(2_000), adds ? size(random) : null, round));
      }
      apply(changes);
      assertIsModel("round " + round);
    }
  }

  @Test
  void withoutNamesOnePageIsLeft() throws SQLException {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < 5_000; i++) {
      changes.add(change(i, 50, 1));
    }
    apply(changes);
    assertThat(rows()).isGreaterThan(50);
    assertIsModel("filled");
    changes.replaceAll(change -> new Change(change.key(), null, change.attribution()));
    java.util.Collections.shuffle(changes, new java.util.Random(5));
    for (int i = 0; i < changes.size(); i += 500) {
      apply(changes.subList(i, i + 500));
    }
    assertThat(loaded()).isEmpty();
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aTransactionWritesABoundedNumberOfPages() {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < 20_000; i++) {
      changes.add(change(i, 50, 1));
    }
    apply(changes);
    model.clear();
    loaded().forEach(node -> model.put(Arrays.copyOfRange(node, 1, 1 + node[0]), change(1, 1, 1)));
    var all = new ArrayList<Change>();
    model.keySet().forEach(key -> all.add(new Change(key, null, change(1, 1, 1).attribution())));
    int done = database.write("test", connection -> patched(connection, all));
    assertThat(done).isPositive().isLessThan(all.size());
    int rest = loaded().size();
    assertThat(rest).isEqualTo(all.size() - done);
  }

  private static int patched(Connection connection, List<Change> changes) throws SQLException {
    try (var pages = new PageTable(connection, ZONE)) {
      return pages.patch(changes);
    }
  }

  private int rows() throws SQLException {
    return database.read(
        "test",
        connection -> {
          try (var statement = connection.createStatement();
              var row = statement.executeQuery("SELECT count(*) FROM page WHERE zone_id = 7")) {
            return row.getInt(1);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM page WHERE zone_id = 7 AND first = x''",
        "DELETE FROM page WHERE zone_id = 7 AND first = (SELECT max(first) FROM page WHERE zone_id = 7)",
        "DELETE FROM page WHERE zone_id = 7 AND first = (SELECT min(first) FROM page WHERE zone_id = 7 AND first > x'70')",
        "UPDATE page SET zone_id = 9 WHERE zone_id = 7 AND first = (SELECT max(first) FROM page WHERE zone_id = 7)",
        "DELETE FROM page",
        "UPDATE page SET content = (SELECT content FROM page WHERE zone_id = 8) WHERE zone_id = 7 AND first = x''",
        "UPDATE page SET first = first || x'00' WHERE first > x'70'",
      })
  void aPageThatIsMissingOrElsewhereIsNoticed(String damage) {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < 2_000; i++) {
      changes.add(change(i, 50, 1));
    }
    apply(changes);
    database.write("test", connection -> connection.createStatement().execute(damage));
    assertThatThrownBy(this::loaded)
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("test.db is damaged: ")
        .hasMessageContaining("page of names")
        .hasMessageContaining("restore a backup");
    List<Change> everything = List.copyOf(model.values());
    assertThatThrownBy(() -> apply(everything))
        .isInstanceOf(SqliteStoreException.class)
        .hasMessageContaining("page of names");
  }
}
