package net.homeport.agent.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses the addresses worth publishing. Pure: the same candidates give the same choice, in
 * whatever order they come.
 *
 * <p>Never loopback, link-local, tentative, duplicate or deprecated addresses. Of those left, in
 * this order: public before private, on the way to the Internet before elsewhere, stable before
 * temporary, primary before secondary, newer before older (a renumbered network keeps the old
 * prefix for a while).
 *
 * @param interfaceName the only interface to look at; empty for all that are no virtual ones
 * @param families the families to publish; not empty
 * @param allowPrivate whether addresses that only insiders reach may be published
 */
public record AddressSelection(
    Optional<String> interfaceName, Set<AddressFamily> families, boolean allowPrivate) {

  // Interfaces of containers, virtual machines and tunnels: their addresses reach no further than
  // this machine or one peer. "br-" alone is not here: a router's LAN bridge is called so.
  private static final Pattern VIRTUAL =
      Pattern.compile(
          "docker\\d+|podman\\d+|cni-?podman\\d+|cni\\d+|br-[0-9a-f]{12}|veth.*|virbr\\d.*|vnet\\d+"
              + "|lxcbr\\d+|lxdbr\\d+|incusbr\\d+|flannel.*|cali[0-9a-f]{11}|kube-.*|tun\\d+|tap\\d+"
              + "|wg\\d.*|tailscale\\d+|zt[0-9a-z]{8,}|utun\\d+|nebula\\d+");

  private static final Comparator<CandidateAddress> BEST_FIRST =
      Comparator.<CandidateAddress, Boolean>comparing(
              candidate -> AddressClass.of(candidate.address()) != AddressClass.PUBLIC)
          .thenComparing(candidate -> !candidate.towardsInternet())
          .thenComparing(candidate -> candidate.is(CandidateAddress.Flag.TEMPORARY))
          .thenComparing(candidate -> candidate.is(CandidateAddress.Flag.SECONDARY))
          .thenComparing(Comparator.comparingLong(CandidateAddress::createdTicks).reversed())
          .thenComparing(candidate -> candidate.address().getAddress(), Arrays::compareUnsigned);

  /**
   * Copies the families.
   *
   * @throws IllegalArgumentException when there is no family
   */
  public AddressSelection {
    families = Set.copyOf(families);
    if (families.isEmpty()) {
      throw new IllegalArgumentException("choose IPv4, IPv6 or both");
    }
  }

  /** The best candidate of each family; a family without any is absent. */
  public CurrentAddresses select(List<CandidateAddress> candidates) {
    return new CurrentAddresses(
        best(candidates, AddressFamily.IPV4), best(candidates, AddressFamily.IPV6));
  }

  /** Whether {@code address}, learnt elsewhere than from an interface, may be published. */
  public boolean accepts(InetAddress address) {
    return families.contains(AddressFamily.of(address))
        && AddressClass.of(address).mayBePublished(allowPrivate);
  }

  /** Why nothing was chosen, in a sentence for people. */
  public String explain(List<CandidateAddress> candidates) {
    String looked =
        candidates.stream()
            .filter(this::isOfInterest)
            .limit(8)
            .map(candidate -> describe(candidate) + " " + refusal(candidate).orElse("would do"))
            .collect(Collectors.joining("; "));
    String where = interfaceName.map(name -> "interface " + name).orElse("any interface");
    return looked.isEmpty()
        ? "no address on " + where
        : "no address to publish on " + where + ": " + looked;
  }

  private Optional<InetAddress> best(List<CandidateAddress> candidates, AddressFamily family) {
    if (!families.contains(family)) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(candidate -> candidate.family() == family && refusal(candidate).isEmpty())
        .min(BEST_FIRST)
        .filter(best -> !isStableOneComing(best, candidates))
        .map(CandidateAddress::address);
  }

  // A router's announcement makes the stable and the temporary address together, and chance
  // decides whose duplicate detection ends first. The kernel tells when the stable one is ready.
  private boolean isStableOneComing(CandidateAddress best, List<CandidateAddress> candidates) {
    return best.is(CandidateAddress.Flag.TEMPORARY)
        && candidates.stream()
            .anyMatch(candidate ->
                candidate.is(CandidateAddress.Flag.TENTATIVE)
                    && !candidate.is(CandidateAddress.Flag.TEMPORARY)
                    && !candidate.is(CandidateAddress.Flag.DUPLICATE)
                    && candidate.family() == best.family()
                    && candidate.interfaceName().equals(best.interfaceName())
                    && accepts(candidate.address()));
  }

  private boolean isOfInterest(CandidateAddress candidate) {
    return AddressClass.of(candidate.address()) != AddressClass.LOOPBACK
        && AddressClass.of(candidate.address()) != AddressClass.LINK_LOCAL
        && interfaceName.map(candidate.interfaceName()::equals).orElse(true);
  }

  /** Why {@code candidate} must not be published; empty when it may. */
  private Optional<String> refusal(CandidateAddress candidate) {
    if (interfaceName.isPresent() && !interfaceName.get().equals(candidate.interfaceName())) {
      return Optional.of("is on another interface");
    }
    if (interfaceName.isEmpty() && VIRTUAL.matcher(candidate.interfaceName()).matches()) {
      return Optional.of("is on a virtual interface (name it to use it)");
    }
    if (!families.contains(candidate.family())) {
      return Optional.of("is of a family not asked for");
    }
    AddressClass kind = AddressClass.of(candidate.address());
    if (!kind.mayBePublished(allowPrivate)) {
      return Optional.of(
          kind.mayBePublished(true)
              ? "is " + kind.name() + " (ask the server with checkip, or allow private addresses)"
              : "is " + kind.name());
    }
    if (candidate.is(CandidateAddress.Flag.DUPLICATE)) {
      return Optional.of("is used by another machine too");
    }
    if (candidate.is(CandidateAddress.Flag.TENTATIVE)) {
      return Optional.of("is not ready yet");
    }
    if (candidate.is(CandidateAddress.Flag.DEPRECATED)) {
      return Optional.of("is deprecated");
    }
    return Optional.empty();
  }

  private static String describe(CandidateAddress candidate) {
    return AddressText.format(candidate.address()) + " on " + candidate.interfaceName();
  }
}
