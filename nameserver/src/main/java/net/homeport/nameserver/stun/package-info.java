/**
 * STUN (RFC 8489), of which only the Binding method: it tells an asker behind a NAT the address and
 * port that the world sees, in one datagram each way. Shares the engine of DNS over UDP.
 *
 * <p>Start reading at {@link net.homeport.nameserver.stun.BindingResponder}.
 */
@NullMarked
package net.homeport.nameserver.stun;

import org.jspecify.annotations.NullMarked;
