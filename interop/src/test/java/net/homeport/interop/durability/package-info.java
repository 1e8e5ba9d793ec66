/**
 * Durability to the letter: a kill at each change of the disk, and power cuts that keep only what
 * was synced, each followed by a start that must find all that was acknowledged.
 *
 * <p>Start reading at {@link net.homeport.interop.durability.PowerCutTest}.
 */
@NullMarked
package net.homeport.interop.durability;

import org.jspecify.annotations.NullMarked;
