/**
 * Credentials of hosts and of the administrator: made, hashed, verified, bounded, slowed down.
 *
 * <p>A secret exists in memory for as long as it takes to show or verify it; only its keyed hash is
 * kept, or what a {@link net.homeport.registry.credential.Sealer} made of one that signs. Whether a
 * secret is right is found by its keyed hash: what a look-up or a comparison takes tells nothing to
 * who lacks the key. What is special about a credential is its {@link
 * net.homeport.registry.credential.CredentialProfile}; most have none.
 *
 * <p>Start reading at {@link net.homeport.registry.credential.SecretHasher}.
 */
@NullMarked
package net.homeport.registry.credential;

import org.jspecify.annotations.NullMarked;
