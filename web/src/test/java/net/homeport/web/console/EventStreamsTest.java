package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.homeport.web.console.EventReader.Event;
import net.homeport.web.console.EventStreams.Pace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EventStreamsTest {
  /** Looks when a change is signalled, and never beats. */
  private static final Pace SIGNALLED = pace(Duration.ofMillis(20), Duration.ofMinutes(5));

  /** Looks all the time; the fixture's clock stands still, so a beat is due at once. */
  private static final Pace RESTLESS =
      new Pace(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ZERO);

  private static Pace pace(Duration pause, Duration look) {
    return new Pace(pause, look, Duration.ofMinutes(5));
  }

  @Test
  void sendsTheTableAgainWhenItChanged() throws Exception {
    try (var console = new ConsoleFixture(SIGNALLED)) {
      console.addZone("dyn.example.org");
      String secret = console.addHost("branch1.dyn.example.org");
      try (EventReader events = console.events("/events")) {
        assertThat(events.response().headers().firstValue("Content-Type"))
            .hasValue("text/event-stream");
        assertThat(events.response().headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(events.next())
            .satisfies(first -> assertThat(first.name()).isEqualTo("hosts"))
            .satisfies(first -> assertThat(first.data()).contains("not yet updated"));

        console.update("branch1.dyn.example.org", secret, "198.51.100.7", null);
        assertThat(events.next())
            .satisfies(next -> assertThat(next.name()).isEqualTo("hosts"))
            .satisfies(next ->
                assertThat(next.data())
                    .contains("<code>198.51.100.7</code>", "id=\"counts\"", "id=\"hosts\"")
                    .doesNotContain("not yet updated", "<html", "<script"));
      }
    }
  }

  @Test
  void sendsNothingThatTheViewDoesNotShow() throws Exception {
    try (var console = new ConsoleFixture(SIGNALLED)) {
      console.addZone("dyn.example.org");
      String branch = console.addHost("branch1.dyn.example.org");
      String camera = console.addHost("camera.dyn.example.org");
      try (EventReader events = console.events("/events?q=camera")) {
        assertThat(data(events.next())).doesNotContain("branch1");
        for (int i = 1; i < 50; i++) {
          console.update("branch1.dyn.example.org", branch, "198.51.100." + i, null);
        }
        console.update("camera.dyn.example.org", camera, "192.0.2.9", null);
        assertThat(data(events.next())).contains("192.0.2.9").doesNotContain("branch1");
      }
    }
  }

  private static String data(EventReader.@org.jspecify.annotations.Nullable Event event) {
    assertThat(event).isNotNull();
    return event == null ? "" : event.data();
  }

  @Test
  void manyChangesBecomeFewEvents() throws Exception {
    var pace = pace(Duration.ofMillis(500), Duration.ofMinutes(5));
    try (var console = new ConsoleFixture(pace)) {
      console.addZone("dyn.example.org");
      String secret = console.addHost("branch1.dyn.example.org");
      try (EventReader events = console.events("/events")) {
        assertThat(events.next()).isNotNull();
        for (int i = 1; i <= 100; i++) {
          console.update("branch1.dyn.example.org", secret, "198.51.100." + i, null);
        }
        int received = 0;
        String last;
        do {
          last = data(events.next());
          received++;
        } while (!last.contains("198.51.100.100<"));
        // However slow this machine is: one event at most for each half second that passed.
        assertThat(received).isLessThan(100);
      }
    }
  }

  @Test
  void aNewHostIsSeenWithoutACommit() throws Exception {
    try (var console = new ConsoleFixture(RESTLESS)) {
      console.addZone("dyn.example.org");
      try (EventReader events = console.events("/events")) {
        assertThat(data(events.next())).contains("No host yet");
        console.addHost("branch1.dyn.example.org");
        console.clock.advance(Duration.ofSeconds(10));
        assertThat(nextTable(events)).contains("data-name=\"branch1.dyn.example.org\"");
      }
    }
  }

  private static String nextTable(EventReader events) throws IOException {
    Event event;
    do {
      event = events.next();
    } while (event != null && event.name().equals("beat"));
    return data(event);
  }

  @Test
  void aSilentStreamBeats() throws Exception {
    try (var console = new ConsoleFixture(RESTLESS);
        EventReader events = console.events("/events")) {
      assertThat(events.next()).extracting(Event::name).isEqualTo("hosts");
      assertThat(events.next()).extracting(Event::name).isEqualTo("beat");
      assertThat(events.next()).extracting(Event::name).isEqualTo("beat");
    }
  }

  @Test
  void endsWithItsSession() throws Exception {
    try (var console = new ConsoleFixture(RESTLESS)) {
      String cookie =
          console
              .signIn("192.0.2.1", ConsoleFixture.TOKEN)
              .headers()
              .firstValue("Set-Cookie")
              .orElse("")
              .replaceFirst(";.*", "");
      HttpRequest.Builder request =
          console
              .request("/events")
              .header(ConsoleFixture.FORWARDED_FOR, "192.0.2.1")
              .header("Cookie", cookie);
      try (EventReader events = console.events(request)) {
        assertThat(events.next()).isNotNull();
        console.clock.advance(Sessions.LIFE);
        Event event;
        do {
          event = events.next();
        } while (event != null);
      }
    }
  }

  @Test
  void oneStreamTooManyIsRefused() throws Exception {
    try (var console = new ConsoleFixture(RESTLESS)) {
      List<EventReader> viewers = new ArrayList<>();
      for (int i = 0; i < EventStreams.STREAMS_MAX; i++) {
        viewers.add(console.events("/events"));
        assertThat(viewers.getLast().response().statusCode()).isEqualTo(200);
      }
      HttpResponse<String> refused = console.get("/events");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(console.get("/").statusCode()).as("pages are still served").isEqualTo(200);

      viewers.getFirst().close();
      // The place is free as soon as a heartbeat has found the viewer gone.
      while (true) {
        EventReader next = console.events("/events");
        viewers.add(next);
        if (next.response().statusCode() == 200) {
          break;
        }
        assertThat(next.response().statusCode()).isEqualTo(503);
      }
      for (EventReader viewer : viewers) {
        viewer.close();
      }
    }
  }

  @Test
  void streamsEndWhenTheServerStops() throws Exception {
    try (var console = new ConsoleFixture(SIGNALLED);
        EventReader events = console.events("/events")) {
      assertThat(events.next()).isNotNull();
      console.listener.close();
      assertThat(events.next()).isNull();
    }
  }

  @Test
  void aReaderThatTakesNothingDoesNotHoldUpTheStop() throws Exception {
    try (var console = new ConsoleFixture(RESTLESS)) {
      console.addZone("dyn.example.org");
      String secret = console.addHost("h0.dyn.example.org");
      for (int i = 1; i < HostTables.ROWS_MAX; i++) {
        console.addHost("h" + i + ".dyn.example.org");
      }
      try (var socket = new Socket()) {
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), console.port()));
        socket
            .getOutputStream()
            .write(
                "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        // Changes until the stream looks at them no more: then the buffers between us are full.
        int change = 0;
        boolean looked;
        do {
          change++;
          long before = console.history.reads();
          console.update("h0.dyn.example.org", secret, "198.51.100." + change % 250, null);
          looked = waitForReads(console, before);
        } while (looked);
        // It would throw if a request did not end in the time that the listener grants.
        console.listener.close();
      }
    }
  }

  private static boolean waitForReads(ConsoleFixture console, long before)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (console.history.reads() == before && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    return console.history.reads() != before;
  }
}
