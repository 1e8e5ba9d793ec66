package net.homeport.zone.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.LongConsumer;
import net.homeport.zone.Management;
import net.homeport.zone.NodeRecords;
import net.homeport.zone.PackedNode;
import net.homeport.zone.Rrset;
import net.homeport.zone.RrsetTooLargeException;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Puts the records of a zone file together as a zone, and finds what no zone may be. */
/*
 * Records of one owner usually follow each other, so they are gathered until the next owner comes, and
 * then put into the zone together. An owner that comes again is merged with what it has.
 */
final class ZoneAssembly implements TextRecord.Sink {
  /** More octets of one owner are put into the zone before more are read. */
  private static final int GATHERED_OCTETS_MAX = 1 << 20;

  private final ZoneEditor editor;
  private final Name apex;
  private final NameWire apexWire;
  private final Problems problems;
  private final Notes notes;
  private final NodeRecords gathered = new NodeRecords();
  private int[] offsets = new int[8];
  private @Nullable ZoneTextSource source;

  private ZoneAssembly(ZoneSnapshot snapshot, Name apex, Problems problems, Notes notes) {
    this.notes = notes;
    this.editor = snapshot.newZone(apex);
    this.apex = apex;
    this.apexWire = NameWire.of(apex);
    this.problems = problems;
  }

  static Zone read(ZoneSnapshot snapshot, Name apex, ZoneTextSource source, LongConsumer progress)
      throws ZoneTextException {
    var problems = new Problems();
    var assembly = new ZoneAssembly(snapshot, apex, problems, (_, _, _) -> {});
    assembly.read(source, progress);
    problems.throwIfAny(apex.toString());
    return assembly.editor.build();
  }

  /** All that can be said of the file, whether it is a zone or not. */
  static ZoneInspection inspect(
      ZoneSnapshot snapshot, Name apex, ZoneTextSource source, LongConsumer progress) {
    var problems = new Problems();
    var notes = new ArrayList<ZoneInspection.Note>();
    var assembly =
        new ZoneAssembly(
            snapshot,
            apex,
            problems,
            (kind, owner, place) -> {
              if (notes.size() < ZoneInspection.NOTES_MAX) {
                notes.add(new ZoneInspection.Note(kind, owner, place));
              }
            });
    assembly.read(source, progress);
    Rrset soa = assembly.editor.rrset(apex, Type.SOA);
    Zone zone = soa != null && soa.count() == 1 ? assembly.editor.build() : null;
    return new ZoneInspection(apex, source, zone, problems.list(), notes);
  }

  private void read(ZoneTextSource main, LongConsumer progress) {
    new ZoneTextReader(apex, this, problems, progress).read(main);
    flush();
    if (problems.isEmpty()) {
      checkApex(main);
    }
  }

  /** Takes what is odd about a record, though it is read. */
  @FunctionalInterface
  private interface Notes {
    void add(ZoneInspection.NoteKind kind, Name owner, Place place);
  }

  @Override
  public void accept(TextRecord record) {
    NameWire owner = record.owner();
    boolean goesOn =
        gathered.count() > 0
            && record.source() == source
            && gathered.octets() < GATHERED_OCTETS_MAX
            && gathered.isOwner(owner.wire(), owner.length());
    if (!goesOn) {
      flush();
      gathered.start(owner.wire(), owner.length());
      source = record.source();
    }
    if (!owner.isWithin(apexWire)) {
      problems.add(
          record.source(),
          record.offset(),
          "%s is outside the zone; remove the record, or correct $ORIGIN".formatted(owner.name()));
      return;
    }
    if (record.type() == Type.SOA && owner.length() != apexWire.length()) {
      problems.add(
          record.source(),
          record.offset(),
          "a SOA record stands at %s; it belongs at the apex only, which is %s"
              .formatted(owner.name(), apex));
      return;
    }
    int index = gathered.count();
    if (index == offsets.length) {
      offsets = Arrays.copyOf(offsets, index * 2);
    }
    offsets[index] = record.offset();
    gathered.add(record.type(), record.ttl(), record.rdata().octets(), record.rdata().length());
  }

  private void flush() {
    if (gathered.count() == 0) {
      return;
    }
    try {
      checkNode(editor.add(gathered, Management.STATIC));
    } catch (RrsetTooLargeException e) {
      problem(gathered.count() - 1, gathered.name() + ": " + e.getMessage());
    }
    gathered.clear();
  }

  private void note(ZoneTextSource from) {
    for (int i = 0; i < gathered.count(); i++) {
      if (gathered.isDuplicate(i)) {
        notes.add(ZoneInspection.NoteKind.DUPLICATE, gathered.name(), from.place(offsets[i]));
      }
      if (gathered.isOfOtherTtl(i)) {
        notes.add(ZoneInspection.NoteKind.OTHER_TTL, gathered.name(), from.place(offsets[i]));
      }
    }
  }

  private void checkNode(byte[] node) {
    if (source != null) {
      note(source);
    }
    int alias = PackedNode.find(node, Type.CNAME);
    if (alias >= 0 && (PackedNode.rrsetCount(node) > 1 || PackedNode.count(node, alias) > 1)) {
      problem(
          culprit(Type.CNAME),
          "%s has a CNAME record beside other records, which RFC 1034 3.6.2 forbids; keep one"
              .formatted(gathered.name()));
    }
    checkSingle(node, Type.DNAME, "a name has one (RFC 6672 2.4)");
    checkSingle(node, Type.SOA, "a zone has exactly one (RFC 1035 5.2)");
  }

  private void checkSingle(byte[] node, int type, String rule) {
    int found = PackedNode.find(node, type);
    if (found >= 0 && PackedNode.count(node, found) > 1) {
      problem(
          lastOf(type),
          "%s has %d %s records; %s"
              .formatted(gathered.name(), PackedNode.count(node, found), Type.string(type), rule));
    }
  }

  /** The first record that another one before it does not suffer. */
  private int culprit(int type) {
    boolean hasType = false;
    for (int i = 0; i < gathered.count(); i++) {
      if (i > 0 && (gathered.type(i) == type || hasType) && !gathered.isDuplicate(i)) {
        return i;
      }
      hasType |= gathered.type(i) == type;
    }
    return 0;
  }

  private int lastOf(int type) {
    for (int i = gathered.count() - 1; i >= 0; i--) {
      if (gathered.type(i) == type && !gathered.isDuplicate(i)) {
        return i;
      }
    }
    return 0;
  }

  private void problem(int index, String message) {
    if (source != null) {
      problems.add(source, offsets[index], message);
    }
  }

  private void checkApex(ZoneTextSource main) {
    if (editor.rrset(apex, Type.SOA) == null) {
      problems.add(
          main,
          0,
          "no SOA record stands at the apex %s; a zone has exactly one (RFC 1035 5.2)"
              .formatted(apex));
    }
    Rrset nameServers = editor.rrset(apex, Type.NS);
    if (nameServers == null) {
      problems.add(
          main,
          0,
          "no NS record stands at the apex %s; name at least one name server (RFC 1035 5.2)"
              .formatted(apex));
    }
  }
}
