/**
 * Stand-ins for what surrounds the agent: a clock, a dyndns2 server, a DNS server, a monitor. They
 * use real sockets where the agent does.
 */
@NullMarked
package net.homeport.agent.fake;

import org.jspecify.annotations.NullMarked;
