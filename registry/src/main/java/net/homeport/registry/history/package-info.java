/**
 * What was: who changed what, what was answered at a time, and the way back; the attempts that were
 * rejected, too.
 *
 * <p>Start reading at {@link net.homeport.registry.history.ZoneHistory}.
 */
@NullMarked
package net.homeport.registry.history;

import org.jspecify.annotations.NullMarked;
