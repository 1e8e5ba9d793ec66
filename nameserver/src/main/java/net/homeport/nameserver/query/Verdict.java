package net.homeport.nameserver.query;

/**
 * The outcome of a question beside its records.
 *
 * @param rcode with the extended bits (RFC 6891 6.1.3)
 * @param extendedError INFO-CODE that explains it (RFC 8914), or {@link #NOTHING_TO_EXPLAIN}
 */
record Verdict(int rcode, int extendedError) {
  static final int NOTHING_TO_EXPLAIN = -1;

  /** An RCODE that says enough. */
  static Verdict of(int rcode) {
    return new Verdict(rcode, NOTHING_TO_EXPLAIN);
  }

  boolean isExplained() {
    return extendedError != NOTHING_TO_EXPLAIN;
  }
}
