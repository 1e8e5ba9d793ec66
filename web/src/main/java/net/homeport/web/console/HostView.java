package net.homeport.web.console;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts a viewer looks at.
 *
 * @param filter part of a host's or a user's name, in any letter case; empty for all
 * @param page from 1
 */
record HostView(String filter, int page) {
  /** What is answered when a query cannot be read. */
  static final String UNREADABLE = "the query is not UTF-8 in URL encoding";

  private static final int FILTER_MAX = 255;

  /**
   * That of the request's query: {@code q} and {@code page}; a page that is no number is the first.
   *
   * @throws IllegalArgumentException when the query cannot be read
   */
  static HostView of(Request request) {
    Fields query;
    try {
      query = Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(UNREADABLE, e);
    }
    return of(query);
  }

  /** The same of a query that could be read. */
  static HostView of(Fields query) {
    String filter = query.getValue("q");
    String trimmed = filter == null ? "" : filter.strip();
    return new HostView(
        trimmed.substring(0, Math.min(trimmed.length(), FILTER_MAX)), page(query.getValue("page")));
  }

  private static int page(@Nullable String text) {
    try {
      return text == null ? 1 : Math.max(1, Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return 1;
    }
  }
}
