/**
 * FreeDNS's (afraid.org) dialect: a URL with a token in it, and nothing else.
 *
 * <p>Start reading at {@link net.homeport.web.freedns.FreeDnsDialect}.
 */
@NullMarked
package net.homeport.web.freedns;

import org.jspecify.annotations.NullMarked;
