package net.homeport.store.sqlite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.RrsetChange;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The octets of a changeset's changes in the journal. Each attribution is written once, however
 * many RRsets it changed.
 *
 * <p>Version 2 has a checksum, CRC-32C, behind the octet of the version: of the other columns of
 * the row ({@link Row}) and of all octets that follow; and attributions with rules. Version 1 had
 * neither.
 */
final class ChangesetCodec {
  private static final int VERSION = 2;
  private static final int WITHOUT_CHECKSUM = 1;
  private static final int HEAD_OCTETS = 1 + Integer.BYTES;
  private static final int ABSENT = 0xFF;

  private ChangesetCodec() {}

  /** What else stands in the row of a changeset, but for its number. */
  record Row(long zoneId, int kind, long serialBefore, long serialAfter) {
    private int checksum(byte[] content) {
      var crc = new CRC32C();
      crc.update(
          ByteBuffer.allocate(4 * Long.BYTES)
              .putLong(zoneId)
              .putLong(kind)
              .putLong(serialBefore)
              .putLong(serialAfter)
              .flip());
      crc.update(content, HEAD_OCTETS, content.length - HEAD_OCTETS);
      return (int) crc.getValue();
    }
  }

  static byte[] encode(Row row, List<RrsetChange> changes) {
    var octets = new ByteArrayOutputStream(64 + 96 * changes.size());
    try (var out = new DataOutputStream(octets)) {
      out.writeByte(VERSION);
      out.writeInt(0); // the checksum, once the rest is there
      Map<Attribution, Integer> attributions = new LinkedHashMap<>();
      for (RrsetChange change : changes) {
        attributions.putIfAbsent(change.attribution(), attributions.size());
      }
      out.writeInt(attributions.size());
      for (Attribution attribution : attributions.keySet()) {
        AttributionCodec.write(out, attribution);
      }
      out.writeInt(changes.size());
      for (RrsetChange change : changes) {
        out.writeInt(Objects.requireNonNull(attributions.get(change.attribution())));
        writeName(out, change.owner());
        out.writeShort(change.type());
        writeRrset(out, change.before());
        writeRrset(out, change.after());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] content = octets.toByteArray();
    ByteBuffer.wrap(content).putInt(1, row.checksum(content));
    return content;
  }

  /**
   * The changes of a row.
   *
   * @throws DamagedContentException if the row is not as it was written
   */
  static List<RrsetChange> decode(Row row, byte[] octets) {
    try (var in = new DataInputStream(new ByteArrayInputStream(octets))) {
      int version = in.readUnsignedByte();
      if (version != VERSION && version != WITHOUT_CHECKSUM) {
        throw new IOException("unknown version " + version + " of a changeset");
      }
      if (version == VERSION && in.readInt() != row.checksum(octets)) {
        throw new IOException("its checksum is wrong");
      }
      var attributions = new ArrayList<Attribution>();
      for (int left = in.readInt(); left > 0; left--) {
        attributions.add(
            version == VERSION ? AttributionCodec.read(in) : AttributionCodec.readWithoutRule(in));
      }
      var changes = new ArrayList<RrsetChange>();
      for (int left = in.readInt(); left > 0; left--) {
        Attribution attribution = attributions.get(in.readInt());
        Name owner = readName(in);
        int type = in.readUnsignedShort();
        changes.add(
            new RrsetChange(owner, type, readRrset(in, type), readRrset(in, type), attribution));
      }
      return changes;
    } catch (IOException | RuntimeException e) {
      throw new DamagedContentException(
          "a changeset in the journal, the one to serial %d, is damaged: %s"
              .formatted(row.serialAfter(), e.getMessage()),
          e);
    }
  }

  private static void writeName(DataOutputStream out, Name name) throws IOException {
    byte[] wire = name.toWire();
    out.writeByte(wire.length);
    out.write(wire);
  }

  private static Name readName(DataInputStream in) throws IOException {
    return new Name(in.readNBytes(in.readUnsignedByte()));
  }

  private static void writeRrset(DataOutputStream out, @Nullable Rrset rrset) throws IOException {
    if (rrset == null) {
      out.writeByte(ABSENT);
      return;
    }
    out.writeByte(rrset.management().code());
    out.writeShort(rrset.count());
    out.writeShort(rrset.body().length);
    out.write(rrset.body());
  }

  private static @Nullable Rrset readRrset(DataInputStream in, int type) throws IOException {
    int management = in.readUnsignedByte();
    if (management == ABSENT) {
      return null;
    }
    int count = in.readUnsignedShort();
    byte[] body = in.readNBytes(in.readUnsignedShort());
    return Rrset.ofBody(type, Management.ofCode(management), count, body);
  }
}
