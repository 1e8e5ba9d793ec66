package net.homeport.nameserver.udp;

/**
 * What a listener has done since it was opened. Received datagrams in none of the other counts were
 * left without an answer by their handler, or get one later.
 *
 * @param received datagrams taken in
 * @param answered answers which the system took
 * @param dropped datagrams longer than a slot, and answers which the system refused
 * @param failures exceptions of a handler, each of which cost an answer, and of the socket
 */
public record UdpCounts(long received, long answered, long dropped, long failures) {

  static final UdpCounts NONE = new UdpCounts(0, 0, 0, 0);

  UdpCounts plus(UdpCounts other) {
    return new UdpCounts(
        received + other.received,
        answered + other.answered,
        dropped + other.dropped,
        failures + other.failures);
  }
}
