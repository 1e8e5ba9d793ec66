/**
 * DNS over UDP (RFC 1035 4.2.1): datagrams in batches, and the threads which serve them.
 *
 * <p>The only package which calls the operating system through {@code java.lang.foreign}. Stays
 * out: the meaning of a message. Nothing on the way of a packet allocates or takes a lock held by
 * others.
 *
 * <p>Start reading at {@link net.homeport.nameserver.udp.PacketIo}, then {@link
 * net.homeport.nameserver.udp.UdpListener}.
 */
@NullMarked
package net.homeport.nameserver.udp;

import org.jspecify.annotations.NullMarked;
