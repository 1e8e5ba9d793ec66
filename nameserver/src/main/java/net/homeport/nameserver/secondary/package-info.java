/**
 * Zones of which another server is the primary: asking it, fetching what changed, and knowing when
 * what we have is too old (RFC 1034 4.3.5, RFC 1995, RFC 1996, RFC 5936, RFC 9103).
 *
 * <p>Start reading at {@link net.homeport.nameserver.secondary.Secondaries}.
 */
@NullMarked
package net.homeport.nameserver.secondary;

import org.jspecify.annotations.NullMarked;
