package net.homeport.agent.netlink;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Questions to the kernel, each asked on a socket of its own and answered at once. Any thread.
 * Linux only; elsewhere every method throws IOException.
 */
public final class RouteQueries {
  // The kernel answers within the call; the limit only keeps a broken sandbox from hanging us.
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final int TRIES = 5;
  private static final int ADDRESSES_MAX = 10_000;
  private static final int INTERFACE_NAME_BYTES = 16;

  private RouteQueries() {}

  /**
   * Every address of every interface at one instant (RTM_GETADDR).
   *
   * @throws IOException when netlink is refused, the table changes faster than it can be read, or
   *     it has more than 10,000 addresses
   */
  public static List<RouteMessage.Address> addresses() throws IOException {
    try (NetlinkSocket socket = NetlinkSocket.open(0)) {
      for (int i = 0; i < TRIES; i++) {
        socket.send(RouteRequest.dumpAddresses());
        Optional<List<RouteMessage.Address>> addresses = readDump(socket);
        if (addresses.isPresent()) {
          return addresses.get();
        }
      }
      throw new IOException("netlink: addresses keep changing while they are read");
    }
  }

  /** One dump to its end; empty when it was not one consistent state. */
  private static Optional<List<RouteMessage.Address>> readDump(NetlinkSocket socket)
      throws IOException {
    var addresses = new ArrayList<RouteMessage.Address>();
    boolean consistent = true;
    while (true) {
      for (RouteMessage message : answer(socket)) {
        switch (message) {
          case RouteMessage.Address address -> addresses.add(address);
          case RouteMessage.DumpInterrupted _, RouteMessage.Overrun _ -> consistent = false;
          case RouteMessage.Refused refused -> throw refusal(refused);
          case RouteMessage.Done _ -> {
            return consistent ? Optional.of(List.copyOf(addresses)) : Optional.empty();
          }
          case RouteMessage.Route _, RouteMessage.Other _ -> {}
        }
      }
      if (addresses.size() > ADDRESSES_MAX) {
        throw new IOException("netlink: more than " + ADDRESSES_MAX + " addresses");
      }
    }
  }

  /**
   * The interface through which a packet to {@code destination} would leave (RTM_GETROUTE for one
   * destination, whose cost does not depend on the size of the table). No packet is sent.
   *
   * @return the interface's index; empty when there is no route
   * @throws IOException when netlink is refused
   */
  public static OptionalInt interfaceTowards(InetAddress destination) throws IOException {
    try (NetlinkSocket socket = NetlinkSocket.open(0)) {
      socket.send(RouteRequest.routeTo(destination));
      for (RouteMessage message : answer(socket)) {
        if (message instanceof RouteMessage.Route route && route.interfaceIndex() > 0) {
          return OptionalInt.of(route.interfaceIndex());
        }
      }
      // "Network unreachable" and its kin: an answer, not a failure.
      return OptionalInt.empty();
    }
  }

  /**
   * The name of an interface, such as {@code eth0}; empty when it is gone.
   *
   * @throws IOException where native access is not possible
   */
  public static Optional<String> interfaceName(int index) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(INTERFACE_NAME_BYTES);
      return LinuxCalls.interfaceName(index, name)
          ? Optional.of(name.getString(0))
          : Optional.empty();
    } catch (LinkageError | IllegalCallerException e) {
      throw new IOException("native access is not possible: " + e.getMessage(), e);
    }
  }

  private static List<RouteMessage> answer(NetlinkSocket socket) throws IOException {
    // A signal to this thread ends a wait early, with nothing received.
    for (int i = 0; i < TRIES; i++) {
      List<RouteMessage> messages = socket.receive(LIMIT);
      if (!messages.isEmpty()) {
        return messages;
      }
    }
    throw new IOException("netlink: the kernel did not answer");
  }

  private static IOException refusal(RouteMessage.Refused refused) {
    return new IOException("netlink: the kernel refused with errno " + refused.errno());
  }
}
