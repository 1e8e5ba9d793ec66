package net.homeport.web.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.homeport.registry.credential.Presented;
import net.homeport.web.http.BasicCredentials;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/**
 * A request's first line without its secrets. Only what is known to be harmless is shown: a
 * parameter that we do not know may be the password of somebody who misspelled it.
 */
public final class RequestText {
  private static final int CHARACTERS_MAX = 500;
  private static final String MASK = "***";

  /** A shorter one is masked where it is all of a value; elsewhere it may be part of any word. */
  private static final int SECRET_MIN = 6;

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
          "uplink",
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

  /**
   * What the names of parameters begin with that tell a network at the site: {@code prefix-lan}.
   */
  private static final Pattern NETWORK = Pattern.compile("prefix-[a-z][a-z0-9_-]{0,31}");

  /** First steps of paths behind which only the name in the next step is shown, if even that. */
  private static final Set<String> TOKEN_PATHS = Set.of("u", "update");

  private RequestText() {}

  /**
   * What this request presents as a secret, wherever else it may stand in it.
   *
   * @param presented what it was read as; null if as nothing
   */
  public static Set<String> secrets(Request request, @Nullable Presented presented) {
    var secrets = new HashSet<String>();
    BasicCredentials basic = BasicCredentials.of(request);
    if (basic != null) {
      secrets.add(basic.password());
    }
    for (String header : List.of("Authorization", "X-Auth-Key", "X-Api-Key")) {
      String value = request.getHeaders().get(header);
      if (value != null) {
        secrets.add(value.substring(value.lastIndexOf(' ') + 1));
      }
    }
    switch (presented) {
      case Presented.Password password -> secrets.add(password.secret());
      case Presented.Token token -> secrets.add(token.token());
      case Presented.Hashed hashed -> secrets.add(hashed.digest());
      case Presented.Signed signed -> secrets.add(signed.signature());
      case Presented.Challenged challenged -> secrets.add(challenged.digest());
      case null -> {}
    }
    secrets.removeIf(String::isBlank);
    return secrets;
  }

  /** A text in which each secret that is long enough to be told from a word is masked. */
  public static String masked(String text, Set<String> secrets) {
    String safe = text;
    for (String secret : secrets) {
      if (secret.length() >= SECRET_MIN) {
        safe = safe.replace(secret, MASK);
      }
    }
    return safe;
  }

  private static boolean holds(String raw, Set<String> secrets) {
    if (secrets.isEmpty()) {
      return false;
    }
    String text = decoded(raw);
    for (String secret : secrets) {
      boolean same =
          secret.length() >= SECRET_MIN
              ? text.contains(secret)
              : MessageDigest.isEqual(
                  text.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
      if (same) {
        return true;
      }
    }
    return false;
  }

  private static String decoded(String raw) {
    try {
      return UrlEncoded.decodeString(raw);
    } catch (RuntimeException _) {
      return raw; // a percent sign astray
    }
  }

  /**
   * The text.
   *
   * @param form what was posted
   * @param secrets that it presents: whatever holds one is masked, too
   */
  public static String of(Request request, Fields form, Set<String> secrets) {
    HttpURI uri = request.getHttpURI();
    Set<String> looked = mayHold(uri.getPathQuery(), secrets) ? secrets : Set.of();
    var text =
        new StringBuilder(request.getMethod())
            .append(' ')
            .append(path(uri.getCanonicalPath(), looked));
    if (uri.getQuery() != null) {
      text.append('?').append(query(uri.getQuery(), looked));
    }
    text.append(' ').append(request.getConnectionMetaData().getHttpVersion().asString());
    if (!form.isEmpty()) {
      text.append(" with the form ");
      text.append(
          form.stream()
              .flatMap(field ->
                  field.getValues().stream()
                      .map(value -> parameter(field.getName(), value, secrets)))
              .collect(Collectors.joining("&")));
    }
    return printable(text.toString(), CHARACTERS_MAX);
  }

  /** A line of another protocol than HTTP, made of parts that are no secrets. */
  public static String ofLine(String line) {
    return printable(line, CHARACTERS_MAX);
  }

  /** Whether it is worth looking for them part by part; of most requests one glance tells. */
  private static boolean mayHold(@Nullable String target, Set<String> secrets) {
    if (target == null || target.indexOf('%') >= 0 || target.indexOf('+') >= 0) {
      return true; // what is escaped may be anything
    }
    for (String secret : secrets) {
      if (secret.length() < SECRET_MIN || target.contains(secret)) {
        return true;
      }
    }
    return false;
  }

  private static String path(@Nullable String path, Set<String> secrets) {
    if (path == null) {
      return "/";
    }
    String[] steps = path.split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      steps[i] = holds(steps[i], secrets) ? MASK : steps[i];
    }
    if (steps.length < 3 || !TOKEN_PATHS.contains(steps[1])) {
      return String.join("/", steps);
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

  private static String query(String query, Set<String> secrets) {
    var shown = new StringJoiner("&");
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals >= 0) {
        shown.add(parameter(part.substring(0, equals), part.substring(equals + 1), secrets));
      } else {
        // Without a value, it may be FreeDNS's token itself.
        shown.add(isHarmless(part) || part.isEmpty() ? part : MASK);
      }
    }
    return shown.toString();
  }

  private static String parameter(String name, String value, Set<String> secrets) {
    if (isHarmless(name) && !holds(name, secrets)) {
      return holds(value, secrets) ? name + "=" + MASK : name + "=" + value;
    }
    boolean known = name.length() <= 20 && name.matches("[A-Za-z0-9_]*[A-Za-z][A-Za-z_]*");
    return (known ? name : MASK) + "=" + (value.isEmpty() ? "" : MASK);
  }

  private static boolean isHarmless(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    // deSEC's parameters for single hosts: myipv4:NAME.
    int colon = lower.indexOf(':');
    return HARMLESS.contains(colon < 0 ? lower : lower.substring(0, colon))
        || NETWORK.matcher(name).matches();
  }

  /** A text on one line of ASCII, cut after so many characters. */
  static String printable(String text, int max) {
    if (text.length() <= max && isPrintable(text)) {
      return text;
    }
    var safe = new StringBuilder(Math.min(text.length(), 200));
    text.lines().forEach(line -> safe.append(safe.isEmpty() ? "" : " | ").append(line));
    for (int i = 0; i < safe.length(); i++) {
      if (!isPrintable(safe.charAt(i))) {
        safe.setCharAt(i, '?');
      }
    }
    return safe.length() <= max ? safe.toString() : safe.substring(0, max) + "...";
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPrintable(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(char character) {
    return character >= ' ' && character <= '~';
  }
}
