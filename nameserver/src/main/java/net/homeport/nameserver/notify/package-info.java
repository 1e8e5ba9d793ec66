/**
 * Tells secondaries that a zone has changed (NOTIFY, RFC 1996), so that they come for it at once.
 *
 * <p>Start reading at {@link net.homeport.nameserver.notify.Notifier}.
 */
@NullMarked
package net.homeport.nameserver.notify;

import org.jspecify.annotations.NullMarked;
