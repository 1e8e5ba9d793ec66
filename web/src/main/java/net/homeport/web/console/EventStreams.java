package net.homeport.web.console;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.homeport.web.console.ConsoleAccess.Admission;
import net.homeport.web.console.LiveTables.LiveTable;
import net.homeport.web.console.LiveTables.TableEvent;
import net.homeport.web.http.Answers;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /events}: opens streams, at most so many, and ends them when the server stops. */
final class EventStreams extends ConsoleResource implements Graceful {
  /** One more is answered with 503. */
  static final int STREAMS_MAX = 100;

  /**
   * How a stream spends its time.
   *
   * @param pause least time between two events
   * @param look longest time until it looks whether something changed that was not signalled
   * @param heartbeat longest silence, give or take a look
   */
  record Pace(Duration pause, Duration look, Duration heartbeat) {
    static final Pace NORMAL =
        new Pace(Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(15));
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final String RETRY_AFTER_SECONDS = "10";

  private final ConsoleAccess access;
  private final LiveTables tables;
  private final ConsoleChanges changes;
  private final InstantSource clock;
  private final Pace pace;
  private final Set<EventStream> open = new HashSet<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private boolean shutdown;

  EventStreams(
      ConsoleAccess access,
      LiveTables tables,
      ConsoleChanges changes,
      InstantSource clock,
      Pace pace) {
    super(HttpMethod.GET, HttpMethod.HEAD);
    this.access = access;
    this.tables = tables;
    this.changes = changes;
    this.clock = clock;
    this.pace = pace;
  }

  @Override
  void answer(Request request, Response response, Callback callback) {
    if (access.admission(request) == Admission.DENIED) {
      text(response, callback, HttpStatus.UNAUTHORIZED_401, "sign in first");
      return;
    }
    HostView view;
    try {
      view = HostView.of(request);
    } catch (IllegalArgumentException e) {
      text(response, callback, HttpStatus.BAD_REQUEST_400, String.valueOf(e.getMessage()));
      return;
    }
    if (HttpMethod.HEAD.is(request.getMethod())) {
      headers(response);
      Answers.empty(response, callback, HttpStatus.OK_200);
      return;
    }
    openStream(request, response, callback, view);
  }

  private void openStream(Request request, Response response, Callback callback, HostView view) {
    LiveTable table = tables.watch(view);
    var stream =
        new EventStream(
            response, callback, table, () -> access.admission(request) != Admission.DENIED);
    if (!admit(stream)) {
      table.leave();
      unavailable(response, callback, "at most " + STREAMS_MAX + " viewers at a time");
      return;
    }
    try {
      // Before the status is sent: a store that cannot be read is a 503, not a stream that breaks
      // off.
      TableEvent _ = table.event(changes.count());
    } catch (RuntimeException e) {
      LOG.error("the console cannot show the hosts", e);
      forget(stream);
      unavailable(response, callback, "the hosts cannot be read now; the log says why");
      return;
    }
    headers(response);
    Thread _ =
        Thread.ofVirtual()
            .name("console-events")
            .start(() -> {
              try {
                stream.run(changes, clock, pace);
              } finally {
                forget(stream);
              }
            });
  }

  private static void unavailable(Response response, Callback callback, String why) {
    response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    text(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, why);
  }

  private static void headers(Response response) {
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, "text/event-stream")
        .put(HttpHeader.CACHE_CONTROL, "no-store")
        // Asks nginx to pass events on as they come.
        .put("X-Accel-Buffering", "no");
  }

  private synchronized boolean admit(EventStream stream) {
    return !shutdown && open.size() < STREAMS_MAX && open.add(stream);
  }

  private void forget(EventStream stream) {
    stream.leave();
    synchronized (this) {
      open.remove(stream);
      if (shutdown && open.isEmpty()) {
        ended.complete(null);
      }
    }
  }

  /**
   * Ends all streams. A viewer that does not take what it was sent is cut off by the connector,
   * which from now on bears with a silent connection for a second only.
   */
  @Override
  public CompletableFuture<Void> shutdown() {
    List<EventStream> ending;
    synchronized (this) {
      shutdown = true;
      ending = List.copyOf(open);
      if (ending.isEmpty()) {
        ended.complete(null);
      }
    }
    ending.forEach(EventStream::stop);
    changes.changed();
    return ended;
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }
}
