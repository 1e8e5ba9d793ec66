package net.homeport.app.command;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that list what there may be many of. */
final class PageOptions {
  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      description = "List so many at most, 1 to 10000 (default: all).")
  private @Nullable Integer limit;

  @Option(
      names = "--after",
      paramLabel = "NAME",
      description = "Only those that come after this name: the last one of the list before.")
  private @Nullable String after;

  /** A resource with these options, and perhaps another parameter. */
  String of(String resource, String parameter, @Nullable String value) {
    return resource
        + query("?", parameter, value)
        + query(value == null ? "?" : "&", "limit", limit == null ? null : limit.toString())
        + query(value == null && limit == null ? "?" : "&", "after", after);
  }

  private static String query(String mark, String name, @Nullable String value) {
    return value == null
        ? ""
        : mark + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Whether it begins with the first one: then a list without any means that there are none. */
  boolean isFromTheFirst() {
    return after == null;
  }

  /**
   * Says how to see more.
   *
   * @param next where the list goes on; null if it does not
   */
  void printNext(PrintWriter out, @Nullable String next) {
    if (next != null) {
      out.printf("%nmore: add --after '%s'%n", next);
    }
  }
}
