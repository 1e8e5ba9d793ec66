package net.homeport.nameserver.tsig;

import java.nio.ByteBuffer;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What is digested (RFC 8945 section 4.3), and how a TSIG record is put behind a message. */
final class TsigDigest {
  /** Seconds that clocks may differ, as we sign (RFC 8945 section 10). */
  static final int FUDGE = 300;

  /** What the record has in addition when it says that the clocks differ (RFC 8945 5.2.3). */
  static final int SERVER_TIME_OCTETS = 6;

  private static final int HEADER = 12;
  private static final int COUNT_ADDITIONAL = 10;

  private TsigDigest() {}

  /**
   * The MAC of a message without its TSIG record.
   *
   * @param before the MAC of the message that this one follows, or null for a request
   * @param length octets of the message before its TSIG record
   * @param withoutTsig whether the message's header counts no TSIG record yet
   * @param timersOnly for messages of a stream after the first (RFC 8945 5.3.1)
   */
  static byte[] mac(
      TsigKey key,
      byte @Nullable [] before,
      byte[] message,
      int length,
      int originalId,
      boolean withoutTsig,
      Variables variables,
      boolean timersOnly) {
    Mac mac = key.takeMac();
    try {
      if (before != null) {
        mac.update((byte) (before.length >> 8));
        mac.update((byte) before.length);
        mac.update(before);
      }
      update(mac, message, length, originalId, withoutTsig);
      variables.update(mac, key, timersOnly);
      return mac.doFinal();
    } finally {
      key.giveBack(mac);
    }
  }

  /** The message as it was before the TSIG record was put behind it. */
  static void update(Mac mac, byte[] message, int length, int originalId, boolean withoutTsig) {
    byte[] header = new byte[HEADER];
    System.arraycopy(message, 0, header, 0, HEADER);
    header[0] = (byte) (originalId >> 8);
    header[1] = (byte) originalId;
    int count = TsigRecord.u16(message, COUNT_ADDITIONAL) - (withoutTsig ? 0 : 1);
    header[COUNT_ADDITIONAL] = (byte) (count >> 8);
    header[COUNT_ADDITIONAL + 1] = (byte) count;
    mac.update(header);
    mac.update(message, HEADER, length - HEADER);
  }

  /** The fields of the record that are digested with the message. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Variables(long time, int fudge, int error, byte[] other) {
    void update(Mac mac, TsigKey key, boolean timersOnly) {
      if (!timersOnly) {
        mac.update(key.name().toWireCanonical());
        mac.update(new byte[] {0, (byte) DClass.ANY, 0, 0, 0, 0});
        mac.update(key.algorithm().wireName().toWireCanonical());
      }
      ByteBuffer fields = ByteBuffer.allocate(12);
      putTime(fields, time);
      fields.putShort((short) fudge);
      if (!timersOnly) {
        fields.putShort((short) error).putShort((short) other.length);
      }
      mac.update(fields.array(), 0, fields.position());
      if (!timersOnly) {
        mac.update(other);
      }
    }
  }

  /** A message with a TSIG record behind it. */
  static byte[] appended(
      byte[] message, Name key, Name algorithm, Variables variables, byte[] mac, int originalId) {
    byte[] owner = key.toWire();
    byte[] algorithmWire = algorithm.toWire();
    int rdata = algorithmWire.length + 16 + mac.length + variables.other().length;
    ByteBuffer signed = ByteBuffer.allocate(message.length + owner.length + 10 + rdata);
    signed.put(message).put(owner);
    signed
        .putShort((short) Type.TSIG)
        .putShort((short) DClass.ANY)
        .putInt(0)
        .putShort((short) rdata);
    signed.put(algorithmWire);
    putTime(signed, variables.time());
    signed.putShort((short) variables.fudge()).putShort((short) mac.length).put(mac);
    signed.putShort((short) originalId).putShort((short) variables.error());
    signed.putShort((short) variables.other().length).put(variables.other());
    int count = TsigRecord.u16(message, COUNT_ADDITIONAL) + 1;
    return signed.putShort(COUNT_ADDITIONAL, (short) count).array();
  }

  /** The octets that a TSIG record of this key adds to a message, at most. */
  static int octets(TsigKey key) {
    return key.name().length()
        + 10
        + key.algorithm().wireName().length()
        + 16
        + key.algorithm().octets()
        + SERVER_TIME_OCTETS;
  }

  /** Six octets of seconds. */
  static void putTime(ByteBuffer to, long seconds) {
    to.putShort((short) (seconds >> 32)).putInt((int) seconds);
  }
}
