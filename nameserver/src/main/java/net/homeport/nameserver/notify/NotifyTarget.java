package net.homeport.nameserver.notify;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Who is told of changes.
 *
 * @param address where it takes NOTIFY, by UDP, and by TCP if that brings no answer
 * @param key name of the TSIG key that signs; null if nothing is signed
 */
public record NotifyTarget(InetSocketAddress address, @Nullable Name key) {}
