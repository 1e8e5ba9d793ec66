package net.homeport.nameserver.update;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
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
   * The name of the key that this message is signed by; null if it is by none of ours.
   *
   * @param octets the message as it came
   */
  public @Nullable Name signer(Message message, byte[] octets) {
    List<Record> additional = message.getSection(Section.ADDITIONAL);
    long signatures = additional.stream().filter(Sig0Verifier::isSig0).count();
    // RFC 2931 3.1: at the end of the additional section.
    if (signatures != 1 || !isSig0(additional.getLast())) {
      return null;
    }
    var signature = (SIGRecord) additional.getLast();
    Instant now = clock.instant();
    if (now.isBefore(signature.getTimeSigned()) || now.isAfter(signature.getExpire())) {
      return null;
    }
    for (KEYRecord key : keys.find(signature.getSigner())) {
      if (key.getAlgorithm() == signature.getAlgorithm()
          && key.getFootprint() == signature.getFootprint()) {
        try {
          SIG0.verifyMessage(message, octets, key, null);
          return signature.getSigner();
        } catch (DNSSEC.DNSSECException | RuntimeException _) {
          return null;
        }
      }
    }
    return null;
  }
}
