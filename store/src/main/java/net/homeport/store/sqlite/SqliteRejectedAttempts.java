package net.homeport.store.sqlite;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import org.jspecify.annotations.Nullable;

/**
 * Rejected attempts in the embedded store. A thread of its own writes those of a second in one
 * transaction; whoever records one never waits for the disk.
 */
public final class SqliteRejectedAttempts implements RejectedAttempts, AutoCloseable {
  /** How many are kept. */
  public static final int KEPT_MAX = 100_000;

  /** How many may wait to be written, and so how many are kept of one second. */
  static final int WAITING_MAX = 1_000;

  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
  private static final int TEXT_MAX = 500;
  private static final String SEPARATOR = " ";

  private final SqliteDatabase database;
  private final BlockingQueue<RejectedAttempt> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;

  public SqliteRejectedAttempts(SqliteDatabase database) {
    this.database = database;
    this.thread = Thread.ofVirtual().name("rejected-attempts").start(this::run);
  }

  @Override
  public void record(RejectedAttempt attempt) {
    if (!waiting.offer(attempt)) {
      dropped.incrementAndGet();
    }
  }

  private void run() {
    try {
      while (true) {
        var batch = new ArrayList<RejectedAttempt>();
        batch.add(waiting.take());
        waiting.drainTo(batch);
        write(batch);
        Thread.sleep(BETWEEN_WRITES);
      }
    } catch (InterruptedException _) {
      // Closed; close() writes the last ones.
    }
  }

  private void write(List<RejectedAttempt> batch) {
    try {
      database.write("keep rejected attempts", connection -> insert(connection, batch));
    } catch (SqliteStoreException _) {
      // Whoever updates hears of it, and the log tells: this is not the place to say it again.
      dropped.addAndGet(batch.size());
    }
  }

  private static int insert(Connection connection, List<RejectedAttempt> batch)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO rejected (at, who, front_door, source, names, wanted, why) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (RejectedAttempt attempt : batch) {
        InetAddress source = attempt.source();
        insert.setLong(1, attempt.at().toEpochMilli());
        insert.setString(2, bounded(attempt.who()));
        insert.setString(3, bounded(attempt.frontDoor()));
        insert.setBytes(4, source == null ? null : source.getAddress());
        insert.setString(5, bounded(String.join(SEPARATOR, attempt.names())));
        insert.setString(6, bounded(attempt.wanted()));
        insert.setString(7, bounded(attempt.why()));
        insert.executeUpdate();
      }
    }
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM rejected WHERE id <= (SELECT max(id) FROM rejected) - ?")) {
      delete.setLong(1, KEPT_MAX);
      return delete.executeUpdate();
    }
  }

  /** What strangers send is kept as far as it is of use. */
  private static String bounded(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
  }

  @Override
  public List<RejectedAttempt> latest(@Nullable String name, @Nullable Instant since, int limit) {
    return database.readApart(
        "read the rejected attempts",
        connection -> {
          var attempts = new ArrayList<RejectedAttempt>();
          try (var select =
                  connection.prepareStatement(
                      "SELECT at, who, front_door, source, names, wanted, why FROM rejected ORDER BY id DESC");
              ResultSet row = select.executeQuery()) {
            while (attempts.size() < limit && row.next()) {
              RejectedAttempt attempt = attempt(row);
              if (since != null && attempt.at().isBefore(since)) {
                break;
              }
              if (name == null || isAbout(attempt, name)) {
                attempts.add(attempt);
              }
            }
          }
          return attempts;
        });
  }

  private static boolean isAbout(RejectedAttempt attempt, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return attempt.names().stream()
        .map(each -> each.toLowerCase(Locale.ROOT))
        .anyMatch(each -> each.equals(wanted) || each.equals(wanted + "."));
  }

  private static RejectedAttempt attempt(ResultSet row) throws SQLException {
    byte[] source = row.getBytes(4);
    try {
      return new RejectedAttempt(
          row.getString(2),
          row.getString(3),
          source == null ? null : InetAddress.getByAddress(source),
          List.of(row.getString(5).split(SEPARATOR)),
          row.getString(6),
          row.getString(7),
          Instant.ofEpochMilli(row.getLong(1)));
    } catch (UnknownHostException | RuntimeException e) {
      throw new DamagedContentException("a rejected attempt is illegible: " + e, e);
    }
  }

  @Override
  public long dropped() {
    return dropped.get();
  }

  /** Writes what waits. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    var batch = new ArrayList<RejectedAttempt>();
    waiting.drainTo(batch);
    if (!batch.isEmpty()) {
      write(batch);
    }
  }
}
