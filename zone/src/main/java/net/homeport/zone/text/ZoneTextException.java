package net.homeport.zone.text;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A zone's text is not a zone; the message says where and why, one line a problem. */
public final class ZoneTextException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<ZoneTextProblem> problems;

  ZoneTextException(String zone, List<ZoneTextProblem> problems, boolean more) {
    super(message(zone, problems, more));
    this.problems = List.copyOf(problems);
  }

  private static String message(String zone, List<ZoneTextProblem> problems, boolean more) {
    String lines =
        problems.stream().map(ZoneTextProblem::toString).collect(Collectors.joining("\n"));
    if (problems.size() == 1 && !more) {
      return "zone %s: %s".formatted(zone, lines);
    }
    return "zone %s: %s%d errors, nothing of it was taken\n%s"
        .formatted(zone, more ? "more than " : "", problems.size(), lines);
  }

  /** What is wrong, in the order in which it was found: at least one, at most 20. */
  public List<ZoneTextProblem> problems() {
    return problems;
  }
}
