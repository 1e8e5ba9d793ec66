/**
 * Keys that sign DNS updates: made, imported, rotated, kept with their secrets encrypted.
 *
 * <p>The secret of a TSIG key must be known to verify with it (RFC 8945), so it cannot be kept as a
 * hash as passwords are. What a key may do is {@code registry.policy}'s.
 *
 * <p>Start reading at {@link net.homeport.registry.key.KeyRegistry}.
 */
@NullMarked
package net.homeport.registry.key;

import org.jspecify.annotations.NullMarked;
