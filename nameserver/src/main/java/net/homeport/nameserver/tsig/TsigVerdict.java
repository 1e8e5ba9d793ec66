package net.homeport.nameserver.tsig;

/** What verifying a request has found. */
public sealed interface TsigVerdict {
  /** It carries no TSIG record. */
  record Unsigned() implements TsigVerdict {}

  /** It is signed by a key of ours, now. */
  record Verified(TsigSession session) implements TsigVerdict {}

  /** It must not be believed: NOTAUTH, with what is wrong in a TSIG record (RFC 8945 5.2). */
  record Rejected(TsigError error, TsigRejection answer) implements TsigVerdict {}

  /** Its TSIG record is not one, or not in its place: FORMERR (RFC 8945 5.1, 5.2). */
  record Malformed() implements TsigVerdict {}
}
