package net.homeport.nameserver.tcp;

/**
 * What a listener has done since it was opened.
 *
 * @param open connections open now
 * @param accepted connections let in
 * @param refused connections closed at once because of a limit of connections
 * @param displaced waiting connections closed to make room for a new one
 * @param timedOut connections closed because of a time limit
 * @param received complete messages
 * @param answered answers written
 * @param unsettled connections which ended before TLS was agreed on, by whoever's fault
 * @param failures exceptions of the handler, each of which ended a connection, and of accepting
 */
public record TcpCounts(
    int open,
    long accepted,
    long refused,
    long displaced,
    long timedOut,
    long received,
    long answered,
    long unsettled,
    long failures) {}
