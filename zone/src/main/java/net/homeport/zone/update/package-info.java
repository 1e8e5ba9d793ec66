/**
 * What a change of a zone is and what it does: RFC 2136 as data ({@link
 * net.homeport.zone.update.ZoneUpdate}), its evaluation, and the resulting {@link
 * net.homeport.zone.update.Changeset}.
 *
 * <p>Pure data and functions. Who may ask for a change is decided elsewhere; that a dynamic change
 * never touches a static record is decided here.
 *
 * <p>Start reading at {@link net.homeport.zone.update.UpdateEvaluation}.
 */
@NullMarked
package net.homeport.zone.update;

import org.jspecify.annotations.NullMarked;
