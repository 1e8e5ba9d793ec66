/**
 * The update use case: credential, host, policy, zone update, in that order, for every front door.
 *
 * <p>Words and status codes of a protocol stay out; they are the front door's translation of {@link
 * net.homeport.registry.update.UpdateOutcome}.
 *
 * <p>Start reading at {@link net.homeport.registry.update.HostUpdates#update}.
 */
@NullMarked
package net.homeport.registry.update;

import org.jspecify.annotations.NullMarked;
