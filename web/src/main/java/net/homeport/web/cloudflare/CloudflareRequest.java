package net.homeport.web.cloudflare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A request whose sender is known.
 *
 * @param steps of the path behind the prefix
 * @param presented what its sender proved to be with
 */
record CloudflareRequest(
    String method,
    List<String> steps,
    Fields parameters,
    String body,
    Presented presented,
    RequestOrigin origin,
    Credential credential) {
  private static final int BODY_OCTETS_MAX = 16 * 1024;

  /** A parameter; those that clients send as exact ones first. */
  String parameter(String name) {
    String exact = parameters.getValue(name + ".exact");
    String value = exact == null ? parameters.getValue(name) : exact;
    return value == null ? "" : value.strip();
  }

  /** A number from 1 to so many. */
  int number(String name, int usual, int max) {
    String text = parameter(name);
    if (!text.matches("[0-9]{1,9}")) {
      return usual;
    }
    return Math.clamp(Integer.parseInt(text), 1, max);
  }

  /** Whether it is this method, at a path of so many steps. */
  boolean is(String wanted, int stepCount) {
    return method.equals(wanted) && steps.size() == stepCount;
  }

  /** The steps of the path behind the prefix. */
  static List<String> steps(Request request) {
    String path = String.valueOf(request.getHttpURI().getCanonicalPath());
    return List.of(path.substring(CloudflareHandler.PREFIX.length()).split("/", -1)).stream()
        .filter(step -> !step.isEmpty())
        .toList();
  }

  /** A token, or a key; the address of mail beside it is no user name of ours. */
  static @Nullable Presented presented(Request request) {
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      return new Presented.Token(authorization.substring("bearer ".length()).strip());
    }
    String key = request.getHeaders().get("X-Auth-Key");
    return key == null ? null : new Presented.Token(key.strip());
  }

  /** What was posted. */
  static String body(Request request) throws IOException {
    try (var in = Content.Source.asInputStream(request)) {
      byte[] octets = in.readNBytes(BODY_OCTETS_MAX + 1);
      if (octets.length > BODY_OCTETS_MAX) {
        throw new IOException("a request holds at most " + BODY_OCTETS_MAX + " octets");
      }
      return new String(octets, StandardCharsets.UTF_8);
    }
  }

  /** The query's; octets that are no text are an error of the client. */
  static Fields parameters(Request request) throws IOException {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw new IOException("the query cannot be read", e);
    }
  }
}
