package net.homeport.zone.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A zone file as it was read, errors and all: for those who look it over before it is taken.
 *
 * @param zone what could be read of it; null without exactly one SOA record
 * @param problems errors, because of which it would not be taken; at most 20
 * @param notes what is odd, though it is read; at most {@link #NOTES_MAX}
 */
public record ZoneInspection(
    Name apex,
    ZoneTextSource source,
    @Nullable Zone zone,
    List<ZoneTextProblem> problems,
    List<Note> notes) {
  /** Most notes that are kept. */
  public static final int NOTES_MAX = 1_000;

  /** A zone file says what zone it is in its first records. */
  private static final int HEAD_OCTETS = 1 << 16;

  public ZoneInspection {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** What is odd about a record. */
  public enum NoteKind {
    /** It stands there twice; it is taken once. */
    DUPLICATE,
    /** Others of its RRset have another TTL; all get the smallest (RFC 2181 5.2). */
    OTHER_TTL
  }

  /** One odd record. */
  public record Note(NoteKind kind, Name owner, Place place) {}

  /** The records of one type at one name. */
  public record RecordKey(Name owner, int type) {}

  /**
   * Reads a file as the zone {@code apex}.
   *
   * @param progress told now and then how many octets were read
   */
  public static ZoneInspection of(Name apex, ZoneTextSource source, LongConsumer progress) {
    // No one else's queries meet the table of a zone that is only looked over.
    return ZoneAssembly.inspect(ZoneSnapshot.empty(0), apex, source, progress);
  }

  /**
   * The apex as the file itself says it: the absolute owner of its first SOA; null if it does not.
   */
  public static @Nullable Name apexOf(ZoneTextSource source) {
    byte[] octets = source.octets();
    byte[] head = Arrays.copyOf(octets, Math.min(octets.length, HEAD_OCTETS));
    Name[] found = new Name[1];
    var reader =
        new ZoneTextReader(
            Name.root,
            record -> {
              if (record.type() == Type.SOA && found[0] == null) {
                found[0] = record.owner().name();
              }
            },
            new Problems(),
            _ -> {});
    reader.read(new ZoneTextSource(source.name(), head, source.includes()));
    Name apex = found[0];
    return apex == null || apex.equals(Name.root) ? null : apex;
  }

  /** Where the first record of each of these stands; reads the file once more. */
  public Map<RecordKey, Place> places(Set<RecordKey> wanted) {
    var places = new HashMap<RecordKey, Place>();
    if (!wanted.isEmpty()) {
      var reader =
          new ZoneTextReader(
              apex,
              record -> {
                var key = new RecordKey(record.owner().name(), record.type());
                if (wanted.contains(key) && !places.containsKey(key)) {
                  places.put(key, record.source().place(record.offset()));
                }
              },
              new Problems(),
              _ -> {});
      reader.read(source);
    }
    return places;
  }
}
