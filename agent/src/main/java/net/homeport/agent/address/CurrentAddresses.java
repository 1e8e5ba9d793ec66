package net.homeport.agent.address;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * At most one address of each family: what a name should resolve to. An absent family means "not
 * known now", never "delete it".
 */
public record CurrentAddresses(Optional<InetAddress> ipv4, Optional<InetAddress> ipv6) {
  /** Neither family. */
  public static final CurrentAddresses NONE =
      new CurrentAddresses(Optional.empty(), Optional.empty());

  /**
   * Checks that each address stands at its family's place.
   *
   * @throws IllegalArgumentException otherwise
   */
  public CurrentAddresses {
    if ((ipv4.isPresent() && AddressFamily.of(ipv4.get()) != AddressFamily.IPV4)
        || (ipv6.isPresent() && AddressFamily.of(ipv6.get()) != AddressFamily.IPV6)) {
      throw new IllegalArgumentException("an address of the other family");
    }
  }

  /** The first address of each family in {@code addresses}. */
  public static CurrentAddresses of(Collection<InetAddress> addresses) {
    return new CurrentAddresses(
        first(addresses, AddressFamily.IPV4), first(addresses, AddressFamily.IPV6));
  }

  /** The first address of each family in {@code addresses}. */
  public static CurrentAddresses of(InetAddress... addresses) {
    return of(List.of(addresses));
  }

  /** The address of {@code family}, if there is one. */
  public Optional<InetAddress> get(AddressFamily family) {
    return switch (family) {
      case IPV4 -> ipv4;
      case IPV6 -> ipv6;
    };
  }

  /** None, one or two addresses, IPv4 first. */
  public List<InetAddress> list() {
    return Stream.of(ipv4, ipv6).flatMap(Optional::stream).toList();
  }

  /** Whether both families are absent. */
  public boolean isEmpty() {
    return ipv4.isEmpty() && ipv6.isEmpty();
  }

  /** As a {@code myip} parameter lists them: comma separated, IPv4 first. */
  @Override
  public String toString() {
    return list().stream().map(AddressText::format).collect(Collectors.joining(","));
  }

  private static Optional<InetAddress> first(
      Collection<InetAddress> addresses, AddressFamily family) {
    return addresses.stream().filter(address -> AddressFamily.of(address) == family).findFirst();
  }
}
