/**
 * One address of the name server, served over UDP and TCP together.
 *
 * <p>Stays out: the meaning of a message. Knows the packages {@code udp} and {@code tcp}, which do
 * not know each other.
 *
 * <p>Start reading at {@link net.homeport.nameserver.listen.DnsListeners}.
 */
@NullMarked
package net.homeport.nameserver.listen;

import org.jspecify.annotations.NullMarked;
