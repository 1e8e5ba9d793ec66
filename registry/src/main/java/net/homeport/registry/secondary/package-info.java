/**
 * Zones that are copies: another server is their primary, and it alone changes them.
 *
 * <p>Start reading at {@link net.homeport.registry.secondary.MirroredZones}.
 */
@NullMarked
package net.homeport.registry.secondary;

import org.jspecify.annotations.NullMarked;
