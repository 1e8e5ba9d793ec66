/**
 * TLS under the streams of DNS (RFC 7858): the handshake, the records, and what we accept of both
 * (RFC 9325).
 *
 * <p>Stays out: where the certificate comes from, connections and their limits.
 *
 * <p>Start reading at {@link net.homeport.nameserver.tls.TlsStreams}.
 */
@NullMarked
package net.homeport.nameserver.tls;

import org.jspecify.annotations.NullMarked;
