/**
 * DuckDNS's dialect, in both forms of its URL.
 *
 * <p>Start reading at {@link net.homeport.web.duckdns.DuckDnsDialect}.
 */
@NullMarked
package net.homeport.web.duckdns;

import org.jspecify.annotations.NullMarked;
