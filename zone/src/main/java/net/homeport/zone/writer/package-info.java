/**
 * The one writer of the zones, and the port through which it makes changes durable.
 *
 * <p>Durable, visible, acknowledged, in that order. No look-up, policy or protocol enters here.
 *
 * <p>Start reading at {@link net.homeport.zone.writer.ZoneWriter}.
 */
@NullMarked
package net.homeport.zone.writer;

import org.jspecify.annotations.NullMarked;
