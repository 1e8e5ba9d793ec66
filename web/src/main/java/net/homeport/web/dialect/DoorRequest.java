package net.homeport.web.dialect;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.homeport.registry.credential.Presented;
import net.homeport.web.http.BasicCredentials;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A device's request, as far as any dialect needs it.
 *
 * @param path decoded, beginning with a slash
 * @param parameters of the query and of a posted form
 * @param host the Host header in lower case, without a port; empty if there is none (HTTP/1.0)
 * @param basic user name and password of the Authorization header; null if it has none
 * @param bearer token of the Authorization header; null if it has none
 * @param isSigned whether it says that it is signed; then nothing else in it proves anything
 * @param signed its signature; null if it has none, or not all of one
 * @param source the client's address
 */
public record DoorRequest(
    String path,
    Fields parameters,
    String host,
    @Nullable BasicCredentials basic,
    @Nullable String bearer,
    boolean isSigned,
    Presented.@Nullable Signed signed,
    InetAddress source) {
  public DoorRequest {
    host = host.toLowerCase(Locale.ROOT);
  }

  /** Whether a parameter was sent, even if it is empty. */
  public boolean has(String parameter) {
    return parameters.get(parameter) != null;
  }

  /** The first value of the first of these parameters that has one; empty if none has. */
  public String first(String... names) {
    for (String name : names) {
      for (String value : parameters.getValuesOrEmpty(name)) {
        if (!value.isBlank()) {
          return value.strip();
        }
      }
    }
    return "";
  }

  /** All that these parameters list, separated by commas; what is empty is left out. */
  public List<String> list(List<String> names) {
    var all = new ArrayList<String>();
    for (String name : names) {
      for (String list : parameters.getValuesOrEmpty(name)) {
        all.addAll(items(list));
      }
    }
    return all;
  }

  /** What a text lists, separated by commas; what is empty is left out. */
  public static List<String> items(String list) {
    return parts(list, ',');
  }

  /** The steps of the path, without empty ones. */
  public List<String> steps() {
    return parts(path, '/');
  }

  /**
   * What follows {@code /nic/update} and its kin in the path, where some devices put the name of
   * their host; empty if nothing does.
   */
  public String behindUpdate() {
    List<String> steps = steps();
    return steps.size() > 2 && steps.get(1).equals("update")
        ? String.join("/", steps.subList(2, steps.size()))
        : "";
  }

  private static List<String> parts(String text, char separator) {
    var parts = new ArrayList<String>(4);
    int from = 0;
    while (from <= text.length()) {
      int next = text.indexOf(separator, from);
      int to = next < 0 ? text.length() : next;
      String part = text.substring(from, to).strip();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      from = to + 1;
    }
    return parts;
  }

  /** Whether a parameter says yes: {@code true}, {@code yes}, {@code on} or {@code 1}. */
  public boolean says(String parameter) {
    return switch (first(parameter).toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      default -> false;
    };
  }
}
