/**
 * Whether the ports that a host declares answer at the addresses that it has published.
 *
 * <p>Start reading at {@link net.homeport.registry.probe.ReachabilityProbe#probe}.
 */
@NullMarked
package net.homeport.registry.probe;

import org.jspecify.annotations.NullMarked;
