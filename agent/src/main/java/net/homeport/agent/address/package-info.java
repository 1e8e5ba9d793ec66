/**
 * Which addresses this machine is reached at, and noticing that they changed.
 *
 * <p>The kernel says "maybe", everything is read again, a pure function chooses. Nothing here sends
 * an update or knows a host name. Start at {@link net.homeport.agent.address.AddressSource}, then
 * {@link net.homeport.agent.address.AddressSelection}.
 */
@NullMarked
package net.homeport.agent.address;

import org.jspecify.annotations.NullMarked;
