package net.homeport.web.api;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted: {@code ?limit=} entries at most, those behind {@code ?after=}.
 *
 * @param limit {@link Integer#MAX_VALUE} for all
 * @param after the last one that was had before; null to begin with the first
 */
record Paging(int limit, @Nullable String after) {
  /** Most entries that can be asked for at a time; a list without a limit is whole. */
  static final int LIMIT_MAX = 10_000;

  /**
   * That of a request.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static Paging of(ApiRequest request) {
    return new Paging(limit(request.parameter("limit")), request.parameter("after"));
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return Integer.MAX_VALUE;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= LIMIT_MAX) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "limit: '%s' is not a number from 1 to %d".formatted(text, LIMIT_MAX));
  }

  /** Whether only a part of the list is wanted. */
  boolean isPart() {
    return limit != Integer.MAX_VALUE || after != null;
  }
}
