/**
 * Credentials of hosts and of the administrator: made, hashed, verified.
 *
 * <p>A secret exists in memory for as long as it takes to show or verify it; only its keyed hash is
 * kept. Nothing here knows what a credential may do.
 *
 * <p>Start reading at {@link net.homeport.registry.credential.SecretHasher}.
 */
@NullMarked
package net.homeport.registry.credential;

import org.jspecify.annotations.NullMarked;
