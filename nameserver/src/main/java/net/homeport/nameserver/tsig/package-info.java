/**
 * TSIG (RFC 8945): requests verified and answers signed with secrets that both sides share.
 *
 * <p>Where the keys come from, and what they may do, is decided elsewhere.
 *
 * <p>Start reading at {@link net.homeport.nameserver.tsig.TsigVerifier}.
 */
@NullMarked
package net.homeport.nameserver.tsig;

import org.jspecify.annotations.NullMarked;
