/**
 * Linux rtnetlink(7) through java.lang.foreign: addresses, routes, and word of their changes.
 *
 * <p>The only package of the agent that calls native code. Knows nothing of names, servers or what
 * makes an address worth publishing. Start at {@link net.homeport.agent.netlink.RouteMessage}, then
 * {@link net.homeport.agent.netlink.NetlinkSocket}.
 */
@NullMarked
package net.homeport.agent.netlink;

import org.jspecify.annotations.NullMarked;
