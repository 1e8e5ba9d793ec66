package net.homeport.nameserver.tsig;

import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;

/**
 * A request of ours, signed, and the verification of what answers it: one message or a stream of
 * them. Not for several threads at once.
 */
public final class TsigExchange {
  /** RFC 8945 5.3.1: at most so many messages of a stream without a MAC between two with one. */
  private static final int UNSIGNED_MAX = 99;

  private final TsigKey key;
  private final InstantSource clock;
  private final byte[] request;
  private byte[] last;
  private boolean first = true;
  private final List<byte[]> unsigned = new ArrayList<>();

  private TsigExchange(TsigKey key, InstantSource clock, byte[] request, byte[] mac) {
    this.key = key;
    this.clock = clock;
    this.request = request;
    this.last = mac;
  }

  /** Signs a request. */
  public static TsigExchange of(byte[] request, TsigKey key, InstantSource clock) {
    var variables =
        new TsigDigest.Variables(clock.millis() / 1000, TsigDigest.FUDGE, 0, new byte[0]);
    int id = TsigRecord.u16(request, 0);
    byte[] mac = TsigDigest.mac(key, null, request, request.length, id, true, variables, false);
    byte[] signed =
        TsigDigest.appended(request, key.name(), key.algorithm().wireName(), variables, mac, id);
    return new TsigExchange(key, clock, signed, mac);
  }

  /** The signed request. */
  public byte[] request() {
    return request.clone();
  }

  /**
   * Verifies the next message of the answer.
   *
   * @param mayBeUnsigned whether this may be one of a stream between two that carry a MAC; the last
   *     one must carry one, which {@link #isComplete} tells
   * @throws TsigException which says what is wrong; nothing of the answer may be believed then
   */
  public void verify(byte[] message, boolean mayBeUnsigned) throws TsigException {
    switch (TsigRecord.find(message)) {
      case TsigRecord.Found.Misplaced _ -> throw new TsigException("its TSIG record is malformed");
      case TsigRecord.Found.Absent _ -> {
        if (first || !mayBeUnsigned || unsigned.size() == UNSIGNED_MAX) {
          throw new TsigException("it is not signed");
        }
        unsigned.add(message);
      }
      case TsigRecord.Found.Present found -> verify(message, found.tsig());
    }
  }

  /** Whether all that came is covered by a MAC. */
  public boolean isComplete() {
    return !first && unsigned.isEmpty();
  }

  private void verify(byte[] message, TsigRecord tsig) throws TsigException {
    if (tsig.error() != 0 && tsig.mac().length == 0) {
      throw new TsigException("the other side says " + errorText(tsig.error()));
    }
    if (!tsig.key().equals(key.name()) || !tsig.algorithm().equals(key.algorithm().wireName())) {
      throw new TsigException(
          "it is signed by %s with %s, not by %s"
              .formatted(tsig.key(), tsig.algorithm(), key.name()));
    }
    var variables =
        new TsigDigest.Variables(tsig.timeSigned(), tsig.fudge(), tsig.error(), tsig.other());
    if (!MessageDigest.isEqual(mac(message, tsig, variables), tsig.mac())) {
      throw new TsigException("its MAC is wrong: the secrets differ, or it was changed on its way");
    }
    if (tsig.error() != 0) {
      throw new TsigException("the other side says " + errorText(tsig.error()));
    }
    long difference = clock.millis() / 1000 - tsig.timeSigned();
    if (Math.abs(difference) > tsig.fudge()) {
      throw new TsigException("it was signed %d s ago; compare the clocks".formatted(difference));
    }
    first = false;
    last = tsig.mac();
    unsigned.clear();
  }

  private byte[] mac(byte[] message, TsigRecord tsig, TsigDigest.Variables variables) {
    Mac mac = key.takeMac();
    try {
      mac.update((byte) (last.length >> 8));
      mac.update((byte) last.length);
      mac.update(last);
      unsigned.forEach(mac::update);
      TsigDigest.update(mac, message, tsig.start(), tsig.originalId(), false);
      variables.update(mac, key, !first);
      return mac.doFinal();
    } finally {
      key.giveBack(mac);
    }
  }

  private static String errorText(int code) {
    for (TsigError error : TsigError.values()) {
      if (error.code() == code) {
        return error.name()
            + switch (error) {
              case BADKEY -> ": it has no such key";
              case BADSIG -> ": its secret differs";
              case BADTIME -> ": compare the clocks";
              case NONE, BADTRUNC -> "";
            };
      }
    }
    return "error " + code;
  }
}
