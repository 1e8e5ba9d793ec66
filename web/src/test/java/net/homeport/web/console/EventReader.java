package net.homeport.web.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events, blocking until the next one. */
final class EventReader implements AutoCloseable {
  record Event(String name, String data) {}

  private final HttpResponse<InputStream> response;
  private final BufferedReader in;

  EventReader(HttpResponse<InputStream> response) {
    this.response = response;
    this.in = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  /** The next event; null when the stream has ended. */
  @Nullable Event next() throws IOException {
    String name = "message";
    var data = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        data.append(line.substring("data: ".length())).append('\n');
      } else if (line.isEmpty() && !data.isEmpty()) {
        return new Event(name, data.toString());
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
