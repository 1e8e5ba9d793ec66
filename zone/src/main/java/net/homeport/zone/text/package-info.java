/**
 * Zones as text: master files (RFC 1035 5.1) in, with file, line and column of each error, and out.
 *
 * <p>Files and streams are opened by the caller; nothing here follows a path of its own.
 *
 * <p>Start reading at {@link net.homeport.zone.text.ZoneText}.
 */
@NullMarked
package net.homeport.zone.text;

import org.jspecify.annotations.NullMarked;
