package net.homeport.nameserver.tsig;

/** What a TSIG record says is wrong with another one (RFC 8945 section 3). */
public enum TsigError {
  /** Nothing. */
  NONE(0),
  /** The MAC is not of this message by this key. */
  BADSIG(16),
  /** No such key, or not with this algorithm. */
  BADKEY(17),
  /** The clocks differ by more than the fudge. */
  BADTIME(18),
  /** The MAC is shorter than we take it. */
  BADTRUNC(22);

  private final int code;

  TsigError(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }
}
