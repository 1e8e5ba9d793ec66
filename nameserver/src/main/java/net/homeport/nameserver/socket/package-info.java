/**
 * What the UDP and the TCP listeners share: names of endpoints, why a port cannot be bound and who
 * holds it, and the bounded log of failures.
 *
 * <p>Stays out: anything which knows a DNS message. Imports no other package of Homeport.
 *
 * <p>Start reading at {@link net.homeport.nameserver.socket.ListenException}.
 */
@NullMarked
package net.homeport.nameserver.socket;

import org.jspecify.annotations.NullMarked;
