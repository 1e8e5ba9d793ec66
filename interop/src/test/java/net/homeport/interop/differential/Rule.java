package net.homeport.interop.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.homeport.interop.differential.Answer.Fact;

/**
 * Why an answer may differ from ours, and whom we follow: docs/decisions/0006 tells it at length.
 *
 * @param name as in docs/decisions/0006
 * @param explains whether it explains this difference, and all of it
 */
record Rule(String name, Predicate<Difference> explains) {
  private static final Set<String> ADDRESSES = Set.of("A", "AAAA");

  /** RFC 8482 4.1: one RRset is enough for ANY, and which one is our choice. */
  static final Rule ANY = new Rule("any-one-rrset", Rule::isAny);

  /** RFC 1034 4.3.2 (6), RFC 2181 9: additional records of an answer are optional. */
  static final Rule ADDITIONAL = new Rule("additional-of-an-answer", Rule::isOptionalAdditional);

  /** RFC 9471 2.2: glue that does not lie below the cut is optional. */
  static final Rule SIBLING_GLUE = new Rule("glue-not-below-the-cut", Rule::isSiblingGlue);

  /** A name server's address that a wildcard would make is no glue to us. */
  static final Rule WILDCARD_GLUE = new Rule("glue-from-a-wildcard", Rule::isWildcardGlue);

  /** RFC 1034 4.3.2 (3a): "go back to step 1", and so to another zone that we have. */
  static final Rule OTHER_ZONE = new Rule("alias-into-another-zone", Rule::stopsAtZoneEnd);

  /** RFC 4034 4: NSEC may stand beside a CNAME, so some never follow for it. */
  static final Rule NSEC_AT_ALIAS = new Rule("nsec-at-an-alias", Rule::isNsecAtAlias);

  /** Whole answers of different sizes, of which one fits. */
  static final Rule SIZES = new Rule("size-at-the-limit", Rule::isSize);

  /** NSD has one tree of names for all zones: a name of the parent's file is one of the child's. */
  static final Rule SHARED_NAMES = new Rule("names-of-another-zone", Rule::isSharedName);

  /** BIND takes the CNAME that a DNAME makes for an answer to ANY; RFC 6672 3.2 goes on. */
  static final Rule ANY_BELOW_DNAME = new Rule("any-below-a-dname", Rule::isAnyBelowDname);

  /** RFC 4035 3.1.4.1: DS of an apex is the parent's, behind an alias too. */
  static final Rule DS_BEHIND_ALIAS = new Rule("ds-behind-an-alias", Rule::isDsBehindAlias);

  /** A DNAME to below itself: RFC 6672 3.2 (3C) goes on until the name is too long. */
  static final Rule DNAME_BELOW_ITSELF = new Rule("dname-below-itself", Rule::isDnameBelowItself);

  /** RFC 2181 5: a record stands once in an answer; Knot says a DNAME again that it passed. */
  static final Rule SAID_TWICE = new Rule("record-said-twice", Rule::isSaidTwice);

  /** All rules; the first that explains a difference counts. */
  static final List<Rule> ALL =
      List.of(
          ANY,
          ADDITIONAL,
          SIBLING_GLUE,
          WILDCARD_GLUE,
          NSEC_AT_ALIAS,
          SHARED_NAMES,
          ANY_BELOW_DNAME,
          OTHER_ZONE,
          DS_BEHIND_ALIAS,
          DNAME_BELOW_ITSELF,
          SAID_TWICE,
          SIZES);

  private static boolean sameHead(Difference d) {
    return d.ours().status().equals(d.theirs().status())
        && d.ours().flags().equals(d.theirs().flags())
        && d.ours().edns().equals(d.theirs().edns());
  }

  private static boolean isAny(Difference d) {
    if (!d.question().type().equals("ANY")
        || !sameHead(d)
        || !d.ours().authority().equals(d.theirs().authority())) {
      return false;
    }
    String name = d.lastStep(d.ours()).map(Difference.Step::to).orElse(d.name());
    var onlyOurs = new ArrayList<>(d.ours().answer());
    onlyOurs.removeAll(d.theirs().answer());
    var onlyTheirs = new ArrayList<>(d.theirs().answer());
    onlyTheirs.removeAll(d.ours().answer());
    List<Fact> found =
        d.ours().answer().stream().filter(fact -> fact.owner().equals(name)).toList();
    // Theirs has ours and more of the same name, or another single RRset of it.
    return rrsets(found).count() == 1
        && found.containsAll(onlyOurs)
        && (onlyOurs.isEmpty() || rrsets(onlyTheirs).count() == 1)
        && onlyTheirs.stream().allMatch(fact -> fact.owner().equals(name));
  }

  private static Stream<String> rrsets(List<Fact> facts) {
    return facts.stream().map(fact -> fact.owner() + " " + fact.type()).distinct();
  }

  private static boolean isOptionalAdditional(Difference d) {
    return d.ours().saysAsButAdditional(d.theirs())
        && !d.ours().hasReferral()
        && d.ours().additional().isEmpty()
        && d.theirs().additional().stream()
            .allMatch(fact ->
                ADDRESSES.contains(fact.type())
                    && d.ours().answer().stream()
                        .anyMatch(answer -> (" " + answer.rdata()).contains(" " + fact.owner())));
  }

  private static boolean isSiblingGlue(Difference d) {
    if (d.peer() != Peer.Kind.BIND
        || !d.ours().saysAsButAdditional(d.theirs())
        || !d.ours().hasReferral()) {
      return false;
    }
    String cut = d.ours().authority().getFirst().owner();
    return belowCut(d.ours(), cut).equals(belowCut(d.theirs(), cut))
        && d.ours().additional().stream().allMatch(fact -> ADDRESSES.contains(fact.type()))
        && d.theirs().additional().stream().allMatch(fact -> ADDRESSES.contains(fact.type()));
  }

  private static boolean isWildcardGlue(Difference d) {
    var extra = new ArrayList<>(d.theirs().additional());
    extra.removeAll(d.ours().additional());
    return d.peer() != Peer.Kind.BIND
        && d.ours().saysAsButAdditional(d.theirs())
        && d.ours().hasReferral()
        && d.theirs().additional().containsAll(d.ours().additional())
        && extra.stream()
            .allMatch(
                fact -> ADDRESSES.contains(fact.type()) && !d.isNameOutside("", fact.owner()));
  }

  private static Set<Fact> belowCut(Answer answer, String cut) {
    return answer.additional().stream()
        .filter(fact -> Difference.isAtOrBelow(fact.owner(), cut))
        .collect(Collectors.toSet());
  }

  private static boolean stopsAtZoneEnd(Difference d) {
    return d.lastStep(d.theirs())
        .filter(_ -> d.peer() != Peer.Kind.NSD)
        .filter(step -> !d.zoneOf(step.to()).isEmpty())
        .filter(step -> !d.zoneOf(step.to()).equals(d.zoneOf(step.from())))
        .filter(_ -> d.theirs().status().equals("NOERROR"))
        .filter(_ -> d.theirs().flags().equals(d.ours().flags()))
        .filter(_ -> d.theirs().edns().equals(d.ours().edns()))
        .filter(_ -> d.ours().answer().containsAll(d.theirs().answer()))
        // Nothing, or a referral of the parent's to what is a zone here too.
        .filter(step ->
            d.theirs().authority().stream()
                .allMatch(
                    fact -> fact.type().equals("NS") && fact.owner().equals(d.zoneOf(step.to()))))
        .isPresent();
  }

  private static boolean isNsecAtAlias(Difference d) {
    return d.question().type().equals("NSEC")
        && d.ours().answer().stream().anyMatch(fact -> fact.type().equals("CNAME"))
        && d.theirs().status().equals("NOERROR")
        && d.theirs().flags().equals(d.ours().flags())
        && d.theirs().authority().size() == 1
        && d.theirs().authority().getFirst().type().equals("SOA")
        && d.ours().answer().containsAll(d.theirs().answer())
        && d.lastStep(d.theirs())
            .map(Difference.Step::to)
            .or(() -> java.util.Optional.of(d.name()))
            .filter(name ->
                d.ours().answer().stream()
                    .anyMatch(f -> f.type().equals("CNAME") && f.owner().equals(name)))
            .isPresent();
  }

  private static boolean isSize(Difference d) {
    if (d.ours().isTruncated() == d.theirs().isTruncated()) {
      return false;
    }
    Answer mine = d.oursByTcp().get();
    Answer other = d.theirsByTcp().get();
    Answer truncated = d.ours().isTruncated() ? mine : other;
    Answer fitting = d.ours().isTruncated() ? other : mine;
    return truncated.size() > d.limit() && fitting.size() <= d.limit() && d.isExplainedByTcp();
  }

  private static boolean isSharedName(Difference d) {
    return d.peer() == Peer.Kind.NSD
        && d.ours().status().equals("NXDOMAIN")
        && d.theirs().status().equals("NOERROR")
        && d.ours().flags().equals(d.theirs().flags())
        && d.ours().edns().equals(d.theirs().edns())
        && d.ours().answer().equals(d.theirs().answer())
        && d.ours().authority().equals(d.theirs().authority())
        && d.ours().additional().equals(d.theirs().additional())
        && d.isNameOutside(
            d.ours().authority().getFirst().owner(),
            d.lastStep(d.ours()).map(Difference.Step::to).orElse(d.name()));
  }

  /** The first DNAME with its CNAME, and nothing else; ours has that and what comes after it. */
  private static boolean stopsAtDname(Difference d) {
    return d.theirs().status().equals("NOERROR")
        && d.theirs().flags().equals(d.ours().flags())
        && d.theirs().edns().equals(d.ours().edns())
        && d.theirs().authority().isEmpty()
        && d.theirs().additional().isEmpty()
        && d.ours().answer().containsAll(d.theirs().answer())
        && d.theirs().answer().size() == 2
        && d.theirs().answer().stream().anyMatch(fact -> fact.type().equals("DNAME"))
        && d.lastStep(d.theirs()).filter(step -> step.from().equals(d.name())).isPresent();
  }

  private static boolean isAnyBelowDname(Difference d) {
    return d.peer() == Peer.Kind.BIND && d.question().type().equals("ANY") && stopsAtDname(d);
  }

  private static boolean isDsBehindAlias(Difference d) {
    String last = d.lastStep(d.ours()).map(Difference.Step::to).orElse("");
    return d.question().type().equals("DS")
        && d.peer() != Peer.Kind.NSD
        && last.equals(d.zoneOf(last))
        && d.ours().flags().equals(d.theirs().flags())
        && d.ours().edns().equals(d.theirs().edns())
        && d.ours().answer().containsAll(d.theirs().answer())
        && d.theirs().authority().size() == 1
        && d.theirs().authority().getFirst().type().equals("SOA")
        && d.theirs().authority().getFirst().owner().equals(last);
  }

  private static boolean isDnameBelowItself(Difference d) {
    Answer mine = d.ours().isTruncated() ? d.oursByTcp().get() : d.ours();
    Answer other = d.theirs().isTruncated() ? d.theirsByTcp().get() : d.theirs();
    // Where each step adds little, servers stop before the name is too long, each where it will.
    return (mine.status().equals("YXDOMAIN") || mine.status().equals("NOERROR"))
        && other.status().equals(d.peer() == Peer.Kind.BIND ? "SERVFAIL" : "NOERROR")
        && mine.flags().equals(other.flags())
        && mine.edns().equals(other.edns())
        && other.authority().isEmpty()
        && mine.answer().containsAll(other.answer())
        && other.answer().stream()
            .anyMatch(fact ->
                fact.type().equals("DNAME") && Difference.isAtOrBelow(fact.rdata(), fact.owner()));
  }

  private static boolean isSaidTwice(Difference d) {
    return d.peer() == Peer.Kind.KNOT
        && sameHead(d)
        && d.ours().authority().equals(d.theirs().authority())
        && d.ours().additional().equals(d.theirs().additional())
        && d.question().type().equals("DNAME")
        && d.theirs().answer().size() > d.ours().answer().size()
        && d.theirs().answer().stream().distinct().toList().equals(d.ours().answer());
  }
}
