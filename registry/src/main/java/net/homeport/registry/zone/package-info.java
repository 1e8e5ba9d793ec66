/**
 * Adding and removing whole zones.
 *
 * <p>The zones themselves live in the zone room; here is only the use case around them.
 *
 * <p>Start reading at {@link net.homeport.registry.zone.ZoneRegistry}.
 */
@NullMarked
package net.homeport.registry.zone;

import org.jspecify.annotations.NullMarked;
