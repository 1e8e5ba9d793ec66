package net.homeport.zone;

/** What manages an RRset: decides who may change it. */
public enum Management {
  /** A person's or a zone file's record; never changed by a dynamic credential. */
  STATIC(0),
  /** A host's record, changed by the host's own credential. */
  DYNAMIC(1);

  private final int code;

  Management(int code) {
    this.code = code;
  }

  /** The constant with this {@link #code}. */
  public static Management ofCode(int code) {
    return switch (code) {
      case 0 -> STATIC;
      case 1 -> DYNAMIC;
      default -> throw new IllegalArgumentException("no management has the code " + code);
    };
  }

  /** The number kept in a packed node and in the store; stable. */
  public int code() {
    return code;
  }
}
