/**
 * DNS over HTTPS (RFC 8484): messages in requests, answers with a lifetime for caches.
 *
 * <p>Stays out: the meaning of a message.
 *
 * <p>Start reading at {@link net.homeport.web.doh.DohHandler}.
 */
@NullMarked
package net.homeport.web.doh;

import org.jspecify.annotations.NullMarked;
