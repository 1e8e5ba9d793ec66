package net.homeport.nameserver.tsig;

import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies requests by the book (RFC 8945 section 5.2): key, MAC, time, in that order. */
public final class TsigVerifier {
  /** RFC 8945 5.2.2.1: no MAC is shorter. */
  private static final int MAC_OCTETS_MIN = 10;

  private final TsigKeys keys;
  private final InstantSource clock;

  public TsigVerifier(TsigKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Whether a message carries a TSIG record, right or not. */
  public static boolean isSigned(byte[] message) {
    return !(TsigRecord.find(message) instanceof TsigRecord.Found.Absent);
  }

  /** A verified request as it was before it was signed, but for its ID. */
  public static byte[] withoutSignature(byte[] request) {
    if (!(TsigRecord.find(request) instanceof TsigRecord.Found.Present(TsigRecord tsig))) {
      return request;
    }
    byte[] unsigned = Arrays.copyOf(request, tsig.start());
    int additional = TsigRecord.u16(request, 10) - 1;
    unsigned[10] = (byte) (additional >> 8);
    unsigned[11] = (byte) additional;
    return unsigned;
  }

  /** The type of a message's only question; negative if it has not exactly one. */
  public static int questionType(byte[] message) {
    return TsigRecord.questionType(message);
  }

  /** Whether this request is signed, and by whom; never fails, whatever the octets. */
  public TsigVerdict verify(byte[] request) {
    return switch (TsigRecord.find(request)) {
      case TsigRecord.Found.Absent _ -> new TsigVerdict.Unsigned();
      case TsigRecord.Found.Misplaced _ -> new TsigVerdict.Malformed();
      case TsigRecord.Found.Present found -> verify(request, found.tsig());
    };
  }

  private TsigVerdict verify(byte[] request, TsigRecord tsig) {
    TsigAlgorithm algorithm = TsigAlgorithm.ofWireName(tsig.algorithm()).orElse(null);
    List<TsigKey> candidates =
        keys.find(tsig.key()).stream().filter(key -> key.algorithm() == algorithm).toList();
    if (algorithm == null || candidates.isEmpty()) {
      return rejected(tsig, TsigError.BADKEY, null);
    }
    int full = algorithm.octets();
    int given = tsig.mac().length;
    if (given > full || given < Math.max(MAC_OCTETS_MIN, full / 2)) {
      return new TsigVerdict.Malformed();
    }
    TsigKey key = signer(request, tsig, candidates);
    if (key == null) {
      return rejected(tsig, TsigError.BADSIG, null);
    }
    // Not for as long as the requestor says: past updates are remembered for this long only.
    int fudge = Math.min(tsig.fudge(), TsigDigest.FUDGE);
    if (Math.abs(clock.millis() / 1000 - tsig.timeSigned()) > fudge) {
      return rejected(tsig, TsigError.BADTIME, key);
    }
    if (given < full) {
      // RFC 8945 5.2.2.1 leaves it to us; nobody truncates who is not after something.
      return rejected(tsig, TsigError.BADTRUNC, key);
    }
    return new TsigVerdict.Verified(new TsigSession(key, tsig.mac(), clock));
  }

  private static @Nullable TsigKey signer(
      byte[] request, TsigRecord tsig, List<TsigKey> candidates) {
    var variables =
        new TsigDigest.Variables(tsig.timeSigned(), tsig.fudge(), tsig.error(), tsig.other());
    for (TsigKey key : candidates) {
      byte[] mac =
          TsigDigest.mac(
              key, null, request, tsig.start(), tsig.originalId(), false, variables, false);
      if (MessageDigest.isEqual(Arrays.copyOf(mac, tsig.mac().length), tsig.mac())) {
        return key;
      }
    }
    return null;
  }

  private TsigVerdict rejected(TsigRecord tsig, TsigError error, @Nullable TsigKey key) {
    long now = clock.millis() / 1000;
    return new TsigVerdict.Rejected(error, new TsigRejection(tsig, error, key, now));
  }
}
