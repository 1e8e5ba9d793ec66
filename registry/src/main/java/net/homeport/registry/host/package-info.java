/**
 * Hosts: names whose address a device may change, and the registry of them.
 *
 * <p>A change of the registry is durable in the store before anybody sees it. Who may call is
 * decided by the front door's authentication.
 *
 * <p>Start reading at {@link net.homeport.registry.host.HostRegistry}.
 */
@NullMarked
package net.homeport.registry.host;

import org.jspecify.annotations.NullMarked;
