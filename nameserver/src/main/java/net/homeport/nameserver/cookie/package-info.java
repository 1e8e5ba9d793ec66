/**
 * DNS Cookies (RFC 7873) in their interoperable form (RFC 9018): an asker who shows a cookie of
 * ours has received one at the address it claims.
 *
 * <p>Start reading at {@link net.homeport.nameserver.cookie.ServerCookies}.
 */
@NullMarked
package net.homeport.nameserver.cookie;

import org.jspecify.annotations.NullMarked;
