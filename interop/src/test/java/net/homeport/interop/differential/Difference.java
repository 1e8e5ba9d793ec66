package net.homeport.interop.differential;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.homeport.interop.differential.Answer.Fact;
import net.homeport.interop.differential.ZoneFamily.ZoneSource;

/**
 * One server's answer that is not ours, with what the rules want to know of it.
 *
 * @param question what was asked
 * @param peer whose answer differs
 * @param ours Homeport's answer
 * @param theirs the other answer
 * @param oursByTcp Homeport's whole answer, asked for only when a rule needs it
 * @param theirsByTcp the other whole answer
 * @param zones all zones
 */
record Difference(
    Question question,
    Peer.Kind peer,
    Answer ours,
    Answer theirs,
    Supplier<Answer> oursByTcp,
    Supplier<Answer> theirsByTcp,
    List<ZoneSource> zones) {
  private static final int CHAIN_MAX = 100;

  /** A step from an alias to its target. */
  record Step(String from, String to) {}

  /** The name that was asked for, as names stand in facts. */
  String name() {
    return ZoneMaker.canonical(question.name());
  }

  /** Where the aliases of this answer lead from the name that was asked for: the last step. */
  Optional<Step> lastStep(Answer answer) {
    String name = name();
    Step last = null;
    for (int i = 0; i < CHAIN_MAX; i++) {
      String from = name;
      Optional<Fact> alias =
          answer.answer().stream()
              .filter(fact -> fact.type().equals("CNAME") && fact.owner().equals(from))
              .findFirst();
      if (alias.isEmpty()) {
        break;
      }
      last = new Step(from, alias.get().rdata());
      name = last.to();
    }
    return Optional.ofNullable(last);
  }

  /** The longest apex of ours in which this name lies; empty if there is none. */
  String zoneOf(String name) {
    return zones.stream()
        .map(zone -> zone.apex() + ".")
        .filter(apex -> isAtOrBelow(name, apex))
        .max((one, other) -> Integer.compare(one.length(), other.length()))
        .orElse("");
  }

  /** Whether this name, or one below it, has records in a zone other than that of this apex. */
  boolean isNameOutside(String apex, String name) {
    return zones.stream()
        .filter(zone -> !(zone.apex() + ".").equals(apex))
        .flatMap(zone -> zone.owners().stream())
        .anyMatch(owner -> isAtOrBelow(owner, name));
  }

  static boolean isAtOrBelow(String name, String ancestor) {
    return name.equals(ancestor) || name.endsWith("." + ancestor);
  }

  /** The whole answers, by TCP; explained if they are the same or another rule says why not. */
  boolean isExplainedByTcp() {
    Answer mine = oursByTcp.get();
    Answer other = theirsByTcp.get();
    var whole = new Difference(question.byTcp(), peer, mine, other, () -> mine, () -> other, zones);
    return mine.saysAs(other)
        || Rule.ALL.stream()
            .filter(rule -> !rule.equals(Rule.SIZES))
            .anyMatch(rule -> rule.explains().test(whole));
  }

  /** How large an answer may be. */
  int limit() {
    return question.tcp() ? 65_535 : Math.clamp(question.payload(), 512, 1232);
  }
}
