/**
 * Which name servers answer for a name.
 *
 * <p>Start reading at {@link net.homeport.agent.dns.NameServerFinder}.
 */
@NullMarked
package net.homeport.agent.dns;

import org.jspecify.annotations.NullMarked;
