package net.homeport.store.sqlite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Instant;
import net.homeport.zone.update.Attribution;

/**
 * An attribution as octets. Their layout is stable: stores of older versions are read.
 *
 * <pre>
 *   string  actor
 *   string  front door
 *   u8      octets of the address, 0 if there is none; then these
 *   i64     when, in milliseconds since 1970
 *   string  the rule; alone, not in a changeset, only if there is one
 * </pre>
 *
 * Before there were rules, the last was missing; an attribution alone tells it by its end, one in a
 * changeset by the version of the changeset.
 */
final class AttributionCodec {
  /** Letters of a text that are kept: more would not fit its length. */
  private static final int TEXT_MAX = 4_096;

  private AttributionCodec() {}

  static byte[] encode(Attribution attribution) {
    var octets = new ByteArrayOutputStream(48);
    try (var out = new DataOutputStream(octets)) {
      writeWithoutRule(out, attribution);
      if (!attribution.rule().isEmpty()) {
        writeText(out, attribution.rule());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return octets.toByteArray();
  }

  /**
   * The attribution of which these octets are all.
   *
   * @throws DamagedContentException when they are not
   */
  static Attribution decode(byte[] octets) {
    try (var in = new DataInputStream(new ByteArrayInputStream(octets))) {
      Attribution attribution = readWithoutRule(in);
      if (in.available() > 0) {
        String rule = in.readUTF();
        if (rule.isEmpty()) {
          throw new DamagedContentException("who changed a name is followed by an empty rule");
        }
        attribution = withRule(attribution, rule);
      }
      if (in.read() < 0) {
        return attribution;
      }
      throw new DamagedContentException("who changed a name is followed by something unknown");
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedContentException("who changed a name is illegible: " + e, e);
    }
  }

  static void write(DataOutputStream out, Attribution attribution) throws IOException {
    writeWithoutRule(out, attribution);
    writeText(out, attribution.rule());
  }

  private static void writeWithoutRule(DataOutputStream out, Attribution attribution)
      throws IOException {
    writeText(out, attribution.actor());
    writeText(out, attribution.frontDoor());
    InetAddress source = attribution.source();
    byte[] address = source == null ? new byte[0] : source.getAddress();
    out.writeByte(address.length);
    out.write(address);
    out.writeLong(attribution.at().toEpochMilli());
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    out.writeUTF(text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX));
  }

  static Attribution read(DataInputStream in) throws IOException {
    Attribution attribution = readWithoutRule(in);
    return withRule(attribution, in.readUTF());
  }

  private static Attribution withRule(Attribution attribution, String rule) {
    return new Attribution(
        attribution.actor(), attribution.frontDoor(), attribution.source(), attribution.at(), rule);
  }

  /** As it was written before there were rules. */
  static Attribution readWithoutRule(DataInputStream in) throws IOException {
    String actor = in.readUTF();
    String frontDoor = in.readUTF();
    byte[] address = in.readNBytes(in.readUnsignedByte());
    InetAddress source = address.length == 0 ? null : InetAddress.getByAddress(address);
    return new Attribution(actor, frontDoor, source, Instant.ofEpochMilli(in.readLong()));
  }
}
