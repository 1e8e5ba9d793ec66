/**
 * DNS in streams (RFC 1035 4.2.2, RFC 7766): connections, framing, and the limits which keep a slow
 * or greedy client from harming the others. Over plain TCP, or what a {@link
 * net.homeport.nameserver.tcp.ByteStream} makes of it.
 *
 * <p>Stays out: the meaning of a message.
 *
 * <p>Start reading at {@link net.homeport.nameserver.tcp.TcpListener}.
 */
@NullMarked
package net.homeport.nameserver.tcp;

import org.jspecify.annotations.NullMarked;
