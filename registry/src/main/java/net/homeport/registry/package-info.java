/**
 * Who may change which name: credentials, hosts, and the use cases of changing them.
 *
 * <p>The present address of a host is not kept here: it lives in the zone alone. No SQL, HTTP or
 * DNS message enters; front doors call in, stores implement the ports.
 *
 * <p>Start reading at {@link net.homeport.registry.update.HostUpdates}, then {@link
 * net.homeport.registry.host.HostRegistry}.
 */
@NullMarked
package net.homeport.registry;

import org.jspecify.annotations.NullMarked;
