package net.homeport.nameserver.tcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The open connections of a listener, within the limits of {@link TcpLimits}. Safe for use from any
 * thread.
 */
final class ConnectionTable {

  private final TcpLimits limits;
  private final Set<TcpConnection> open = new LinkedHashSet<>();
  private final Set<TcpConnection> leaving = new LinkedHashSet<>();
  private final Map<ClientNetwork, Integer> perClient = new HashMap<>();
  private boolean closed;

  ConnectionTable(TcpLimits limits) {
    this.limits = limits;
  }

  /** What became of a new connection. */
  sealed interface Admission {
    /** It is in. */
    record Admitted() implements Admission {}

    /** It is in, in the place of another one, which is out and has to be told to leave. */
    record Displaced(TcpConnection waiting) implements Admission {}

    /** It is not in, and has to be closed. */
    record Refused() implements Admission {}
  }

  /** Lets a connection in if the limits allow. */
  synchronized Admission admit(TcpConnection connection) {
    int ofClient = perClient.getOrDefault(connection.network(), 0);
    boolean clientIsFull = ofClient >= limits.maxConnectionsPerClient();
    if (closed) {
      return new Admission.Refused();
    }
    if (!clientIsFull && open.size() < limits.maxConnections()) {
      enter(connection);
      return new Admission.Admitted();
    }
    // A client that has its share makes room for itself, and for nobody else's loss.
    Optional<TcpConnection> waiting =
        open.stream()
            .filter(other -> !clientIsFull || other.network().equals(connection.network()))
            .filter(TcpConnection::waits)
            .min(Comparator.comparingLong(TcpConnection::nanosLeft));
    if (waiting.isEmpty()) {
      return new Admission.Refused();
    }
    leave(waiting.get());
    leaving.add(waiting.get());
    enter(connection);
    return new Admission.Displaced(waiting.get());
  }

  /** Takes a connection out, which is closed; nothing happens if it is not in. */
  synchronized void leave(TcpConnection connection) {
    leaving.remove(connection);
    if (open.remove(connection)) {
      perClient.computeIfPresent(connection.network(), (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /** All connections which are in now, and those which had to make room and are not closed yet. */
  synchronized List<TcpConnection> snapshot() {
    var all = new ArrayList<TcpConnection>(open);
    all.addAll(leaving);
    return all;
  }

  synchronized int size() {
    return open.size();
  }

  /** Lets nobody in any more. */
  synchronized void close() {
    closed = true;
  }

  private void enter(TcpConnection connection) {
    open.add(connection);
    perClient.merge(connection.network(), 1, Integer::sum);
  }
}
