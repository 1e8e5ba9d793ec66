package net.homeport.interop.harness;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code host add} printed for the device, to be used as a person would: copied, not
 * understood.
 *
 * @param username user name of the credential
 * @param password its password
 * @param curl the line to try it with
 * @param dig the line to see it with
 * @param ddclient the file for ddclient
 * @param inadyn the file for inadyn
 */
public record Recipe(
    String username, String password, String curl, String dig, String ddclient, String inadyn) {
  /** Reads the output of {@code host add}. */
  public static Recipe of(String printed) {
    return new Recipe(
        word(printed, "user name"),
        word(printed, "password"),
        block(printed, "Try it").strip(),
        block(printed, "and see").strip(),
        block(printed, "ddclient,"),
        block(printed, "inadyn,"));
  }

  private static String word(String printed, String label) {
    Matcher matcher =
        Pattern.compile("^  " + label + " +(\\S+)", Pattern.MULTILINE).matcher(printed);
    if (!matcher.find()) {
      throw new AssertionError("no " + label + " in what was printed:\n" + printed);
    }
    return matcher.group(1);
  }

  /** The indented lines after a heading. */
  private static String block(String printed, String heading) {
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

  /** User name and password, as curl's {@code -u} takes them. */
  public String login() {
    return username + ":" + password;
  }
}
