/**
 * DNS UPDATE (RFC 2136): its messages read into data, and what became of it put into words.
 *
 * <p>Who may change what is decided behind {@link net.homeport.zone.writer.UpdateDoor}; signatures
 * are verified before a message comes here.
 *
 * <p>Start reading at {@link net.homeport.nameserver.update.UpdateMessages}.
 */
@NullMarked
package net.homeport.nameserver.update;

import org.jspecify.annotations.NullMarked;
