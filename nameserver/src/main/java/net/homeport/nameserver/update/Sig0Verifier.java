package net.homeport.nameserver.update;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SIG0;
import org.xbill.DNS.SIGRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Verifies SIG(0) (RFC 2931): a requestor proves by a signature that it holds the private half of a
 * key. Verifying is costly (CVE-2024-1975), so a message has one signature, by a key that is known,
 * with its algorithm and key tag, and in its time; else nothing is computed.
 */
public final class Sig0Verifier {
  /** How many signatures are verified at a time; one more is answered SERVFAIL. */
  static final int VERIFICATIONS_MAX = 2;

  /** BIND signs for ten minutes; a longer life would be a longer time for a replay. */
  private static final Duration LIFE_MAX = Duration.ofMinutes(10);

  /** A requestor's clock may be ahead of ours by so much. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

  private final Semaphore free = new Semaphore(VERIFICATIONS_MAX);
  private final Sig0Keys keys;
  private final InstantSource clock;

  public Sig0Verifier(Sig0Keys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Whether a message carries a SIG(0) record, right or not. */
  public static boolean isSigned(Message message) {
    return message.getSection(Section.ADDITIONAL).stream().anyMatch(Sig0Verifier::isSig0);
  }

  private static boolean isSig0(Record record) {
    return record.getType() == Type.SIG && ((SIGRecord) record).getTypeCovered() == 0;
  }

  /**
   * Whether this message is signed, and by whom.
   *
   * @param octets the message as it came
   */
  public Sig0Verdict verify(Message message, byte[] octets) {
    List<Record> additional = message.getSection(Section.ADDITIONAL);
    long signatures = additional.stream().filter(Sig0Verifier::isSig0).count();
    // RFC 2931 3.1: at the end of the additional section.
    if (signatures != 1 || !isSig0(additional.getLast())) {
      return new Sig0Verdict.Rejected();
    }
    var signature = (SIGRecord) additional.getLast();
    Instant now = clock.instant();
    Instant begin = signature.getTimeSigned();
    if (now.isBefore(begin.minus(CLOCKS_DIFFER))
        || now.isAfter(signature.getExpire())
        || Duration.between(begin, signature.getExpire()).compareTo(LIFE_MAX) > 0) {
      return new Sig0Verdict.Rejected();
    }
    for (KEYRecord key : keys.find(signature.getSigner())) {
      if (key.getAlgorithm() == signature.getAlgorithm()
          && key.getFootprint() == signature.getFootprint()) {
        return verify(message, octets, key, signature, now.isBefore(begin) ? begin : now);
      }
    }
    return new Sig0Verdict.Rejected();
  }

  private Sig0Verdict verify(
      Message message, byte[] octets, KEYRecord key, SIGRecord signature, Instant now) {
    if (!free.tryAcquire()) {
      return new Sig0Verdict.Busy();
    }
    try {
      SIG0.verifyMessage(message, octets, key, null, now);
      return new Sig0Verdict.Verified(signature.getSigner(), identity(message, signature));
    } catch (DNSSEC.DNSSECException | RuntimeException _) {
      return new Sig0Verdict.Rejected();
    } finally {
      free.release();
    }
  }

  /** What is signed, without the signature. */
  private static byte[] identity(Message message, SIGRecord signature) {
    Message signed = message.clone();
    signed.removeRecord(signature, Section.ADDITIONAL);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(signed.toWire(65_535));
      digest.update(signature.getSigner().toWireCanonical());
      ByteBuffer times = ByteBuffer.allocate(2 * Long.BYTES);
      times.putLong(signature.getTimeSigned().getEpochSecond());
      times.putLong(signature.getExpire().getEpochSecond());
      return digest.digest(times.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
