package net.homeport.nameserver.tsig;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Puts the TSIG record of a rejection behind its answer (RFC 8945 section 5.2). */
public final class TsigRejection {
  private final TsigRecord request;
  private final TsigError error;
  private final @Nullable TsigKey key;
  private final long now;

  /**
   * @param key what the request is signed with, if its MAC is right; else null
   */
  TsigRejection(TsigRecord request, TsigError error, @Nullable TsigKey key, long now) {
    this.request = request;
    this.error = error;
    this.key = key;
    this.now = now;
  }

  /** The name of the key that the request claims to be signed with. */
  public Name claimedKey() {
    return request.key();
  }

  /**
   * The answer with its TSIG record: without a MAC for who has no right key, else signed; by
   * BADTIME with our time.
   */
  public byte[] sign(byte[] answer) {
    byte[] other = new byte[0];
    long time = request.timeSigned();
    if (error == TsigError.BADTIME) {
      ByteBuffer ours = ByteBuffer.allocate(6);
      TsigDigest.putTime(ours, now);
      other = ours.array();
    } else if (key != null) {
      time = now;
    }
    var variables = new TsigDigest.Variables(time, request.fudge(), error.code(), other);
    int id = TsigRecord.u16(answer, 0);
    byte[] mac =
        key == null
            ? new byte[0]
            : TsigDigest.mac(key, request.mac(), answer, answer.length, id, true, variables, false);
    return TsigDigest.appended(answer, request.key(), request.algorithm(), variables, mac, id);
  }
}
