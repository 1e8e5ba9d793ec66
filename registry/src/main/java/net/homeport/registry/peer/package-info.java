/**
 * Other name servers that have our zones: who they are, and what they may.
 *
 * <p>Start reading at {@link net.homeport.registry.peer.SecondaryRegistry}.
 */
@NullMarked
package net.homeport.registry.peer;

import org.jspecify.annotations.NullMarked;
