/**
 * Looks a zone over for what an operator wants to know before it is served. Pure: asks no network.
 *
 * <p>Start reading at {@link net.homeport.zone.check.ZoneCheck}.
 */
@NullMarked
package net.homeport.zone.check;

import org.jspecify.annotations.NullMarked;
