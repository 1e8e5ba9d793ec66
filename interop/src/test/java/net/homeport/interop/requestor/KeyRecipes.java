package net.homeport.interop.requestor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code key add} printed, to be used as a person would: copied, not understood.
 *
 * @param name the key's name
 * @param secret in Base64
 */
record KeyRecipes(String name, String secret, String printed) {
  private static final Pattern SECRET =
      Pattern.compile("^ +value +(\\S+) +\\(shown this once\\)", Pattern.MULTILINE);

  static KeyRecipes of(String name, String printed) {
    return new KeyRecipes(name, secretIn(printed), printed);
  }

  /** The secret that was shown. */
  static String secretIn(String printed) {
    Matcher matcher = SECRET.matcher(printed);
    if (!matcher.find()) {
      throw new AssertionError("no secret in what was printed:\n" + printed);
    }
    return matcher.group(1);
  }

  /** The lines below the heading that starts so, without their indent. */
  String block(String heading) {
    List<String> lines =
        printed
            .lines()
            .dropWhile(line -> !line.startsWith(heading))
            .skip(1)
            .takeWhile(line -> line.startsWith("  "))
            .map(line -> line.substring(2))
            .toList();
    if (lines.isEmpty()) {
      throw new AssertionError("nothing under '" + heading + "' in what was printed:\n" + printed);
    }
    return String.join("\n", lines) + "\n";
  }
}
