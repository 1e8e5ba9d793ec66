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

/** An attribution as octets. Their layout is stable: stores of older versions are read. */
final class AttributionCodec {
  private AttributionCodec() {}

  static byte[] encode(Attribution attribution) {
    var octets = new ByteArrayOutputStream(48);
    try (var out = new DataOutputStream(octets)) {
      write(out, attribution);
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
      Attribution attribution = read(in);
      if (in.read() < 0) {
        return attribution;
      }
      throw new DamagedContentException("who changed a name is followed by something unknown");
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedContentException("who changed a name is illegible: " + e, e);
    }
  }

  static void write(DataOutputStream out, Attribution attribution) throws IOException {
    out.writeUTF(attribution.actor());
    out.writeUTF(attribution.frontDoor());
    InetAddress source = attribution.source();
    byte[] address = source == null ? new byte[0] : source.getAddress();
    out.writeByte(address.length);
    out.write(address);
    out.writeLong(attribution.at().toEpochMilli());
  }

  static Attribution read(DataInputStream in) throws IOException {
    String actor = in.readUTF();
    String frontDoor = in.readUTF();
    byte[] address = in.readNBytes(in.readUnsignedByte());
    InetAddress source = address.length == 0 ? null : InetAddress.getByAddress(address);
    return new Attribution(actor, frontDoor, source, Instant.ofEpochMilli(in.readLong()));
  }
}
