package net.homeport.registry.restriction;

/** What becomes of a host whose name has a brand within a word: {@code paypallogin}. */
public enum BrandsWithin {
  /** It is added, and shown with a note: the name may well be meant otherwise. */
  NOTE("note"),
  /** It is not added, unless the administrator insists. */
  REFUSE("refuse");

  private final String text;

  BrandsWithin(String text) {
    this.text = text;
  }

  /**
   * The one of this text.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static BrandsWithin parse(String text) {
    return switch (text) {
      case "note" -> NOTE;
      case "refuse" -> REFUSE;
      default ->
          throw new IllegalArgumentException("'%s' is neither note nor refuse".formatted(text));
    };
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return text;
  }
}
