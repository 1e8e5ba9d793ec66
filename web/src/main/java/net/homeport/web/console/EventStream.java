package net.homeport.web.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import net.homeport.web.console.EventStreams.Pace;
import net.homeport.web.console.LiveTables.LiveTable;
import net.homeport.web.console.LiveTables.TableEvent;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer's stream of events. Its thread writes one event, waits until the viewer has taken it,
 * and only then looks at what is true by then: a slow reader misses steps in between, and holds one
 * event in memory, which other viewers share.
 */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  /** A comment to keep proxies awake, and an event, since a script does not see comments. */
  private static final ByteBuffer HEARTBEAT =
      ByteBuffer.wrap(": heartbeat\nevent: beat\ndata: .\n\n".getBytes(StandardCharsets.US_ASCII))
          .asReadOnlyBuffer();

  private final Response response;
  private final Callback callback;
  private final LiveTable table;
  private final BooleanSupplier admitted;
  private volatile boolean stopping;

  /**
   * @param admitted whether the viewer may still look; sessions end
   */
  EventStream(Response response, Callback callback, LiveTable table, BooleanSupplier admitted) {
    this.response = response;
    this.callback = callback;
    this.table = table;
    this.admitted = admitted;
  }

  /** Writes events until the viewer is gone or no more admitted, or {@link #stop} is called. */
  void run(ConsoleChanges changes, InstantSource clock, Pace pace) {
    try {
      write(changes, clock, pace);
      callback.succeeded();
    } catch (IOException | InterruptedException e) {
      LOG.debug("a viewer of the console is gone", e);
      callback.failed(e);
    } catch (RuntimeException e) {
      // The page then says that it reconnects, rather than that it is live with what was true once.
      LOG.error("the console cannot show the hosts", e);
      callback.failed(e);
    }
  }

  private void write(ConsoleChanges changes, InstantSource clock, Pace pace)
      throws IOException, InterruptedException {
    long shown = 0;
    Instant lastWrite = clock.instant();
    while (!stopping && admitted.getAsBoolean()) {
      long seen = changes.count();
      TableEvent event = table.event(seen);
      Instant now = clock.instant();
      boolean silent = !now.isBefore(lastWrite.plus(pace.heartbeat()));
      if (event.revision() != shown || silent) {
        write(event.revision() == shown ? HEARTBEAT : event.octets());
        shown = event.revision();
        lastWrite = now;
      }
      Thread.sleep(pace.pause());
      boolean _ = changes.await(seen, pace.look());
    }
  }

  /** Returns when the viewer's socket has taken it; the connection's idle timeout is the limit. */
  private void write(ByteBuffer event) throws IOException {
    Content.Sink.write(response, false, event.duplicate());
  }

  /** Ends it before it would write again. */
  void stop() {
    stopping = true;
  }

  /** Gives back what it holds. */
  void leave() {
    table.leave();
  }
}
