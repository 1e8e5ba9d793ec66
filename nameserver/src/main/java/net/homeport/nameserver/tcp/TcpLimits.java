package net.homeport.nameserver.tcp;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * What one client, and all of them together, may take from a {@link TcpListener}. A time limit is
 * noticed up to a quarter of the shortest one late, half a second at most.
 *
 * @param maxConnections open at the same time. A further one takes the place of the connection
 *     which waits for a query and would be closed for that soonest (RFC 7766 6.2.3 lets a server
 *     close idle connections); if all are busy, the new one is closed at once
 * @param maxConnectionsPerClient open at the same time from one IPv4 address or one IPv6 /64
 *     network; a further one takes the place of one of the same client that waits, as above
 * @param firstByte from the connection's begin to its first octet; over TLS, to the end of the
 *     handshake, and once more from there to the first octet
 * @param partialMessage from the first octet of a message, or from the answer to the one before if
 *     it came already, to its last octet
 * @param idle from an answer to the next octet (RFC 7766 6.2.3)
 * @param writeTimeout for the client to take what is written at once: an answer, or some of them
 */
public record TcpLimits(
    int maxConnections,
    int maxConnectionsPerClient,
    Duration firstByte,
    Duration partialMessage,
    Duration idle,
    Duration writeTimeout) {

  /** Fit for a public name server: 1024 connections, 64 of one client, and some seconds. */
  public static final TcpLimits DEFAULTS =
      new TcpLimits(
          1024,
          64,
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5));

  /**
   * Checks that everything is positive.
   *
   * @throws IllegalArgumentException if it is not
   */
  public TcpLimits {
    if (maxConnections < 1 || maxConnectionsPerClient < 1) {
      throw new IllegalArgumentException("a limit of connections must be at least 1");
    }
    if (!Stream.of(firstByte, partialMessage, idle, writeTimeout).allMatch(Duration::isPositive)) {
      throw new IllegalArgumentException("a time limit must be longer than 0");
    }
  }

  /** The shortest of the time limits. */
  Duration shortest() {
    return Stream.of(firstByte, partialMessage, idle, writeTimeout)
        .min(Duration::compareTo)
        .orElseThrow();
  }
}
