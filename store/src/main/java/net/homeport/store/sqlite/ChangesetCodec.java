package net.homeport.store.sqlite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.RrsetChange;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The octets of a changeset's changes in the journal. Each attribution is written once, however
 * many RRsets it changed.
 */
final class ChangesetCodec {
  private static final int VERSION = 1;
  private static final int ABSENT = 0xFF;

  private ChangesetCodec() {}

  static byte[] encode(List<RrsetChange> changes) {
    var octets = new ByteArrayOutputStream(64 + 96 * changes.size());
    try (var out = new DataOutputStream(octets)) {
      out.writeByte(VERSION);
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
    return octets.toByteArray();
  }

  static List<RrsetChange> decode(byte[] octets) {
    try (var in = new DataInputStream(new ByteArrayInputStream(octets))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("unknown version " + version + " of a changeset");
      }
      var attributions = new ArrayList<Attribution>();
      for (int left = in.readInt(); left > 0; left--) {
        attributions.add(AttributionCodec.read(in));
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
      throw new IllegalStateException("a changeset in the journal is damaged: " + e, e);
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
