package net.homeport.nameserver.tsig;

import java.time.InstantSource;

/**
 * Signs what answers a verified request: one message, or several in their order. Not for several
 * threads at once.
 */
public final class TsigSession {
  private final TsigKey key;
  private final InstantSource clock;
  private final byte[] requestMac;
  private byte[] last;
  private boolean first = true;

  TsigSession(TsigKey key, byte[] requestMac, InstantSource clock) {
    this.key = key;
    this.requestMac = requestMac;
    this.last = requestMac;
    this.clock = clock;
  }

  /** The key that the request is signed with. */
  public TsigKey key() {
    return key;
  }

  /** The request's MAC, which no other request has. A copy. */
  public byte[] requestMac() {
    return requestMac.clone();
  }

  /** By how many octets an answer grows at most when it is signed. */
  public int octets() {
    return TsigDigest.octets(key);
  }

  /** By how many octets an answer grows when {@link #sign} signs it. */
  public int signedOctets() {
    return TsigDigest.octets(key) - TsigDigest.SERVER_TIME_OCTETS;
  }

  /** The next answer, signed: the first by all, those after it by the timers (RFC 8945 5.3.1). */
  public byte[] sign(byte[] answer) {
    long now = clock.millis() / 1000;
    var variables = new TsigDigest.Variables(now, TsigDigest.FUDGE, 0, new byte[0]);
    int id = TsigRecord.u16(answer, 0);
    byte[] mac = TsigDigest.mac(key, last, answer, answer.length, id, true, variables, !first);
    first = false;
    last = mac;
    return TsigDigest.appended(answer, key.name(), key.algorithm().wireName(), variables, mac, id);
  }
}
