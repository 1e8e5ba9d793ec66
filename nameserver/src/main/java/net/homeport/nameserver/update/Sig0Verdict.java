package net.homeport.nameserver.update;

import org.xbill.DNS.Name;

/** What verifying a SIG(0) record has found. */
public sealed interface Sig0Verdict {
  /**
   * The message is signed by this key, now.
   *
   * @param identity what no other message that it signs has; the signature itself may be varied by
   *     others and still be right
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Verified(Name signer, byte[] identity) implements Sig0Verdict {}

  /** It is not signed by a key of ours, or not now. */
  record Rejected() implements Sig0Verdict {}

  /** Too many are being verified: it may come again. */
  record Busy() implements Sig0Verdict {}
}
