package net.homeport.nameserver.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the sender of a datagram.
 *
 * @param to the sender
 * @param from the address of ours to which the datagram was sent and from which the answer is to
 *     leave; null leaves it to the system, as is right for a socket bound to one address
 */
public record ReturnPath(InetSocketAddress to, @Nullable InetAddress from) {}
