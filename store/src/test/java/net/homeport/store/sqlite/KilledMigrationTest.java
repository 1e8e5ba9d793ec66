package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.homeport.registry.peer.Secondary;
import net.homeport.registry.secondary.MirroredZone;
import net.homeport.store.ZoneLife;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process ends somewhere in the migration of a store of an older version: the files as they lie
 * there are that store still, and the next start migrates it, perhaps after it was ended, too.
 */
@Timeout(300)
final class KilledMigrationTest {
  private static final int KILLS_WHILE_NAMES_MOVE = 12;
  private static final Secondary SECONDARY =
      new Secondary(
          "ns2",
          new InetSocketAddress(InetAddress.ofLiteral("192.0.2.2"), 53),
          null,
          Set.of(name("example.")),
          false,
          true,
          List.of(),
          Instant.ofEpochMilli(1));
  private static final MirroredZone MIRRORED =
      new MirroredZone(
          name("mirrored.test."),
          List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.3"), 53)),
          null,
          null,
          Instant.ofEpochMilli(2),
          null);

  private final Random random = new Random(5);

  @TempDir Path folder = Path.of("");
  private int boxes;

  /** Stands for the end of the process. */
  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** All that a store of a version can hold. */
  private record Content(
      SortedSet<String> zones, List<Secondary> secondaries, List<MirroredZone> mirrored) {
    static Content of(Path box) {
      try (var store = new SqliteStore(box.resolve("test.db"))) {
        return new Content(
            ZoneLife.content(store.load(1)),
            new SqliteSecondaryStore(store.database()).secondaries(),
            new SqliteMirroredZoneStore(store.database()).mirroredZones());
      }
    }
  }

  private Path box() throws IOException {
    return Files.createDirectory(folder.resolve("box" + ++boxes));
  }

  private static Connection connection(Path box) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + box.resolve("test.db"));
  }

  private static int version(Path box) throws SQLException {
    try (Connection connection = connection(box);
        var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A store of a version from 2, with zones, changes to replay, and what else it can hold. */
  private Path old(int version) throws Exception {
    Path box = box();
    try (var store = new SqliteStore(box.resolve("test.db"))) {
      var life = new ZoneLife(version, store.load(1));
      for (int i = 0; i < 25; i++) {
        List<ZoneChange> batch = life.nextBatch();
        store.journal().append(batch);
        life.publish(batch);
        if (i == 15) {
          store.checkpoint(life::snapshot);
        }
      }
      new SqliteSecondaryStore(store.database()).add(SECONDARY);
      new SqliteMirroredZoneStore(store.database()).put(MIRRORED);
    }
    // What later versions added goes again.
    try (Connection connection = connection(box)) {
      OlderStore.make(connection, version);
      assertThat(OlderStore.tables(connection)).isEqualTo(OlderStore.tablesOf(version));
    }
    return box;
  }

  private Path copy(Path box) throws IOException {
    Path copy = box();
    try (Stream<Path> files = Files.list(box)) {
      for (Path file : files.toList()) {
        // Shared memory does not survive the process in any useful form.
        if (!file.toString().endsWith("-shm")) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    return copy;
  }

  private static void delete(Path box) throws IOException {
    try (Stream<Path> files = Files.list(box)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(box);
  }

  /** The steps of a migration of this store. */
  private List<String> steps(Path old) throws IOException {
    var steps = new ArrayList<String>();
    Path box = copy(old);
    SqliteDatabase.open(box.resolve("test.db"), steps::add).close();
    delete(box);
    return steps;
  }

  /** The files as they are when the migration of a copy ends just before this step. */
  private Path killedAt(int step, Path old) throws IOException {
    Path box = copy(old);
    var left = new ArrayList<Path>();
    var steps = new ArrayList<String>();
    Consumer<String> kill =
        next -> {
          steps.add(next);
          if (steps.size() == step) {
            try {
              left.add(copy(box));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            throw new KilledException();
          }
        };
    assertThatThrownBy(() -> SqliteDatabase.open(box.resolve("test.db"), kill))
        .isInstanceOf(KilledException.class);
    delete(box);
    return left.getFirst();
  }

  /** Each statement, and some of the names that move. */
  private List<Integer> points(List<String> steps) {
    var points = new ArrayList<Integer>();
    var moves = new ArrayList<Integer>();
    for (int step = 1; step <= steps.size(); step++) {
      (steps.get(step - 1).startsWith("move ") ? moves : points).add(step);
    }
    for (int i = 0; i < KILLS_WHILE_NAMES_MOVE && !moves.isEmpty(); i++) {
      points.add(moves.remove(/* index */ random.nextInt(moves.size())));
    }
    return points;
  }

  private void nothingIsLost(Path old, int version) throws Exception {
    Path whole = copy(old);
    Content expected = Content.of(whole);
    assertThat(expected.zones()).isNotEmpty();
    List<String> steps = steps(old);
    for (int point : points(steps)) {
      String when =
          "killed before step %d of %d, %s".formatted(point, steps.size(), steps.get(point - 1));
      Path left = killedAt(point, old);
      Path leftAgain = killedAt(1 + random.nextInt(steps.size()), left);
      for (Path box : List.of(left, leftAgain)) {
        assertThat(version(box)).as(when).isEqualTo(version);
        assertThat(Content.of(box)).as(when).isEqualTo(expected);
        assertThat(version(box)).as(when).isEqualTo(SqliteDatabase.SCHEMA_VERSION);
        assertThat(Content.of(box)).as("%s, the next start", when).isEqualTo(expected);
        delete(box);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3_000})
  void ofVersion1(int names) throws Exception {
    Path box = box();
    var written = Version1Store.write(box.resolve("test.db"), names);
    nothingIsLost(box, 1);
    assertThat(Content.of(box).zones()).isEqualTo(ZoneLife.content(written.zones()));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 9, 12, 16})
  void ofLaterVersions(int version) throws Exception {
    Path old = old(version);
    nothingIsLost(old, version);
    Content content = Content.of(old);
    assertThat(content.secondaries()).isEqualTo(version >= 5 ? List.of(SECONDARY) : List.of());
    assertThat(content.mirrored()).isEqualTo(version >= 6 ? List.of(MIRRORED) : List.of());
  }

  @Test
  void theComparisonSeesALoss() throws Exception {
    Path old = old(4);
    Content expected = Content.of(copy(old));
    try (Connection connection = connection(old)) {
      run(connection, "DELETE FROM zone");
    }
    assertThat(Content.of(old)).as("the comparison sees a loss").isNotEqualTo(expected);
  }
}
