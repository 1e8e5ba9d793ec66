/**
 * Zone transfers to secondaries: whole (AXFR, RFC 5936) and by difference (IXFR, RFC 1995), over
 * TCP and TLS (RFC 9103), each from one snapshot while updates go on.
 *
 * <p>Who may have a zone is decided elsewhere, behind {@link
 * net.homeport.nameserver.transfer.TransferRules}.
 *
 * <p>Start reading at {@link net.homeport.nameserver.transfer.ZoneTransfers}.
 */
@NullMarked
package net.homeport.nameserver.transfer;

import org.jspecify.annotations.NullMarked;
