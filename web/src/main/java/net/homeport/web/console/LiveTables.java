package net.homeport.web.console;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import net.homeport.web.console.ConsoleModel.HostTable;
import org.jspecify.annotations.Nullable;

/**
 * The tables that streams show, as events ready to be sent. Those who look at the same hosts share
 * one rendering, made at most once for a change and one at a time, so that many viewers cost no
 * more than one processor. Kept while somebody looks. Thread safe; may read the disk.
 */
final class LiveTables {
  /** Something the signal does not tell of, such as a new host, is seen after this time. */
  private static final Duration FRESH = Duration.ofSeconds(4);

  private final HostTables tables;
  private final ConsoleTemplates templates;
  private final InstantSource clock;
  private final Map<HostView, LiveTable> watched = new HashMap<>();

  LiveTables(HostTables tables, ConsoleTemplates templates, InstantSource clock) {
    this.tables = tables;
    this.templates = templates;
    this.clock = clock;
  }

  /** The table of a view; to be left again. */
  synchronized LiveTable watch(HostView view) {
    LiveTable live = watched.computeIfAbsent(view, _ -> new LiveTable(view));
    live.viewers++;
    return live;
  }

  /**
   * A table as an event.
   *
   * @param revision grows when the event is another than before
   * @param octets of the event, read only; to be duplicated before it is read
   */
  record TableEvent(long revision, ByteBuffer octets) {}

  /** A table that is kept while there are viewers. */
  final class LiveTable {
    private final HostView view;
    private int viewers;
    private long changes;
    private Instant asOf = Instant.MIN;
    private @Nullable HostTable table;
    private TableEvent event = new TableEvent(0, ByteBuffer.allocate(0));

    private LiveTable(HostView view) {
      this.view = view;
    }

    /**
     * The event that shows the table as it is after so many changes; that of before if it would
     * show the same. The first one has the revision 1.
     */
    TableEvent event(long afterChanges) {
      synchronized (LiveTables.this) {
        Instant now = clock.instant();
        if (changes < afterChanges || !now.isBefore(asOf.plus(FRESH)) || table == null) {
          HostTable present = tables.table(view);
          if (!present.equals(table)) {
            byte[] octets = serverSentEvent(templates.live(present, now));
            event = new TableEvent(event.revision + 1, ByteBuffer.wrap(octets).asReadOnlyBuffer());
            table = present;
          }
          changes = afterChanges;
          asOf = now;
        }
        return event;
      }
    }

    /** Nobody looks any more through this call's caller. */
    void leave() {
      synchronized (LiveTables.this) {
        viewers--;
        if (viewers == 0) {
          watched.remove(view);
        }
      }
    }
  }

  /** Each line of the content is a line of data: WHATWG HTML 9.2.6. */
  private static byte[] serverSentEvent(byte[] html) {
    var event = new ByteArrayOutputStream(html.length + html.length / 8);
    event.writeBytes("event: hosts\n".getBytes(StandardCharsets.US_ASCII));
    new String(html, StandardCharsets.UTF_8)
        .lines()
        .forEach(
            line -> event.writeBytes(("data: " + line + "\n").getBytes(StandardCharsets.UTF_8)));
    event.write('\n');
    return event.toByteArray();
  }
}
