package net.homeport.web.exchange;

import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A request's first line without its secrets. Only what is known to be harmless is shown: a
 * parameter that we do not know may be the password of somebody who misspelled it.
 */
public final class RequestText {
  private static final int CHARACTERS_MAX = 500;
  private static final String MASK = "***";

  /** Parameters whose values are shown. */
  private static final Set<String> HARMLESS =
      Set.of(
          "hostname",
          "host_id",
          "domain",
          "host",
          "domains",
          "zone",
          "group",
          "myip",
          "ip",
          "ipv4",
          "myipv4",
          "ip4",
          "myip4",
          "ipv6",
          "myipv6",
          "ip6",
          "myip6",
          "address",
          "ip6lanprefix",
          "ipv6prefix",
          "lanprefix",
          "prefix",
          "dualstack",
          "system",
          "wildcard",
          "mx",
          "backmx",
          "offline",
          "verbose",
          "clear",
          "username",
          "user",
          "login",
          // Cloudflare's.
          "type",
          "name");

  /** First steps of paths behind which only the name in the next step is shown, if even that. */
  private static final Set<String> TOKEN_PATHS = Set.of("u", "update");

  private RequestText() {}

  /**
   * The text.
   *
   * @param form what was posted
   */
  public static String of(Request request, Fields form) {
    HttpURI uri = request.getHttpURI();
    var text =
        new StringBuilder(request.getMethod()).append(' ').append(path(uri.getCanonicalPath()));
    if (uri.getQuery() != null) {
      text.append('?').append(query(uri.getQuery()));
    }
    text.append(' ').append(request.getConnectionMetaData().getHttpVersion().asString());
    if (!form.isEmpty()) {
      text.append(" with the form ");
      text.append(
          form.stream()
              .flatMap(field ->
                  field.getValues().stream().map(value -> parameter(field.getName(), value)))
              .collect(Collectors.joining("&")));
    }
    return printable(text.toString(), CHARACTERS_MAX);
  }

  private static String path(@Nullable String path) {
    if (path == null) {
      return "/";
    }
    String[] steps = path.split("/", -1);
    if (steps.length < 3 || !TOKEN_PATHS.contains(steps[1])) {
      return path;
    }
    // /u/TOKEN, /update/NAME/TOKEN/ADDRESS
    int secret = steps[1].equals("u") ? 2 : 3;
    for (int i = secret; i < steps.length; i++) {
      if (!steps[i].isEmpty() && (i == secret || !steps[i].matches("[0-9A-Fa-f.:]{3,45}"))) {
        steps[i] = MASK;
      }
    }
    return String.join("/", steps);
  }

  private static String query(String query) {
    var shown = new StringJoiner("&");
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals >= 0) {
        shown.add(parameter(part.substring(0, equals), part.substring(equals + 1)));
      } else {
        // Without a value, it may be FreeDNS's token itself.
        shown.add(isHarmless(part) || part.isEmpty() ? part : MASK);
      }
    }
    return shown.toString();
  }

  private static String parameter(String name, String value) {
    if (isHarmless(name)) {
      return name + "=" + value;
    }
    boolean known = name.length() <= 20 && name.matches("[A-Za-z0-9_]*[A-Za-z][A-Za-z_]*");
    return (known ? name : MASK) + "=" + (value.isEmpty() ? "" : MASK);
  }

  private static boolean isHarmless(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    // deSEC's parameters for single hosts: myipv4:NAME.
    int colon = lower.indexOf(':');
    return HARMLESS.contains(colon < 0 ? lower : lower.substring(0, colon));
  }

  /** A text on one line of ASCII, cut after so many characters. */
  static String printable(String text, int max) {
    var safe = new StringBuilder(Math.min(text.length(), 200));
    text.lines().forEach(line -> safe.append(safe.isEmpty() ? "" : " | ").append(line));
    for (int i = 0; i < safe.length(); i++) {
      if (safe.charAt(i) < ' ' || safe.charAt(i) > '~') {
        safe.setCharAt(i, '?');
      }
    }
    return safe.length() <= max ? safe.toString() : safe.substring(0, max) + "...";
  }
}
