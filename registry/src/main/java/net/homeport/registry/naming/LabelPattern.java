package net.homeport.registry.naming;

import java.util.regex.Pattern;

/**
 * A reserved label, or a form of such labels.
 *
 * @param text as written: {@code www}; {@code #} stands for digits and {@code *} for anything; with
 *     {@code *.} in front it is reserved at any depth, else right below a zone's apex only
 */
record LabelPattern(String text, Pattern pattern, boolean atAnyDepth) {
  private static final String ANYWHERE = "*.";

  /**
   * @throws IllegalArgumentException that says what is wrong
   */
  static LabelPattern parse(String text) {
    boolean atAnyDepth = text.startsWith(ANYWHERE);
    String label = atAnyDepth ? text.substring(ANYWHERE.length()) : text;
    if (!label.matches("[a-z0-9_*#-]{1,63}") || label.equals("*")) {
      throw new IllegalArgumentException(
          "'%s' is not a label such as www, ns# (digits), _* (anything) or *.wpad (at any depth)"
              .formatted(text));
    }
    var expression = new StringBuilder();
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      expression.append(
          switch (c) {
            case '*' -> ".*";
            case '#' -> "\\d+";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return new LabelPattern(text, Pattern.compile(expression.toString()), atAnyDepth);
  }

  boolean matches(String label) {
    return pattern.matcher(label).matches();
  }
}
