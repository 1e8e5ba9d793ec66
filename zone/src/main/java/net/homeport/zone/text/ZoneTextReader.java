package net.homeport.zone.text;

import java.io.IOException;
import java.util.function.LongConsumer;
import net.homeport.zone.Rrset;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Reads master-file text (RFC 1035 5.1, with $TTL of RFC 2308 4 and unknown types of RFC 3597 5)
 * record by record, and goes on behind an error. Knows nothing of zones.
 */
/*
 * What an entry leaves out: the owner is that of the last record; the TTL is that of $TTL, else the
 * last one stated, else MINIMUM of the SOA. An included file has its own origin and last owner, and
 * gives neither back (RFC 1035 5.1); $TTL and the last TTL go on.
 */
final class ZoneTextReader {
  /** How deep files include each other. */
  static final int INCLUDE_DEPTH_MAX = 8;

  private static final int RECORDS_PER_NOTE = 1 << 14;
  private static final long NONE = -1;

  /** What a line that begins with a blank refers to. */
  private enum Owner {
    NONE,
    /** One that could not be read: its records are passed over, the error is told already. */
    BROKEN,
    KNOWN
  }

  private final TextRecord.Sink sink;
  private final Problems problems;
  private final LongConsumer progress;
  private final TextRecord record = new TextRecord();
  private final NameWire origin = new NameWire();
  private final NameWire directiveName = new NameWire();
  private final GenerateDirective generate = new GenerateDirective(this::generated);
  private Owner owner = Owner.NONE;
  private long defaultTtl = NONE;
  private long lastTtl = NONE;
  private int depth;
  private long octets;
  private long octetsDone;
  private long records;

  /**
   * @param progress told now and then how many octets were read
   */
  ZoneTextReader(Name origin, TextRecord.Sink sink, Problems problems, LongConsumer progress) {
    this.origin.set(NameWire.of(origin));
    this.sink = sink;
    this.problems = problems;
    this.progress = progress;
  }

  /** Reads a file and what it includes; what cannot be read goes to the problems. */
  void read(ZoneTextSource source) {
    octets += source.octets().length;
    if (octets > ZoneTextSource.OCTETS_MAX) {
      problems.add(
          source,
          0,
          "the file and what it includes have more than %d octets"
              .formatted(ZoneTextSource.OCTETS_MAX));
      return;
    }
    var entry = new EntryScanner(source);
    while (!problems.isFull()) {
      try {
        if (!next(entry)) {
          break;
        }
        entry(entry);
      } catch (EntryException e) {
        problems.add(source, e.offset(), String.valueOf(e.getMessage()));
      }
    }
    octetsDone += source.octets().length;
  }

  private boolean next(EntryScanner entry) throws EntryException {
    try {
      return entry.next();
    } catch (EntryException e) {
      owner = entry.isIndented() ? owner : Owner.BROKEN;
      throw e;
    }
  }

  private void entry(EntryScanner entry) throws EntryException {
    int first = entry.start(0);
    boolean directive =
        !entry.isIndented()
            && !entry.isQuoted(0)
            && first < entry.end(0)
            && entry.text()[first] == '$';
    if (directive) {
      directive(entry);
    } else {
      record(entry);
    }
  }

  private void directive(EntryScanner entry) throws EntryException {
    switch (entry.upper(0)) {
      case "$ORIGIN" -> {
        directiveName.read(entry, 1, origin);
        nothingAfter(entry, 1);
        origin.set(directiveName);
      }
      case "$TTL" -> {
        long ttl = Numbers.ttl(entry, 1);
        nothingAfter(entry, 1);
        defaultTtl = ttl;
      }
      case "$INCLUDE" -> include(entry);
      case "$GENERATE" -> generate.expand(entry);
      default ->
          throw entry.error(
              0,
              "'%s' is no directive; there are $ORIGIN, $TTL, $INCLUDE and $GENERATE (a name that begins with '$' is written \\$)"
                  .formatted(entry.word(0)));
    }
  }

  private static void nothingAfter(EntryScanner entry, int word) throws EntryException {
    if (word + 1 < entry.count()) {
      throw entry.error(
          word + 1, "'%s' is more than %s takes".formatted(entry.word(word + 1), entry.upper(0)));
    }
  }

  private void include(EntryScanner entry) throws EntryException {
    if (entry.count() < 2) {
      throw entry.error(1, "the file that $INCLUDE names is missing");
    }
    if (depth == INCLUDE_DEPTH_MAX) {
      throw entry.error(
          0,
          "files include each other more than %d deep; is one included by itself?"
              .formatted(INCLUDE_DEPTH_MAX));
    }
    var outerOrigin = new NameWire();
    outerOrigin.set(origin);
    var outerName = new NameWire();
    outerName.set(record.owner());
    Owner outerOwner = owner;
    if (entry.count() > 2) {
      directiveName.read(entry, 2, origin);
      nothingAfter(entry, 2);
    }
    ZoneTextSource included;
    try {
      included = entry.source().includes().open(entry.word(1));
    } catch (IOException e) {
      throw entry.error(
          1, "$INCLUDE of '%s' is refused: %s".formatted(entry.word(1), e.getMessage()));
    }
    if (entry.count() > 2) {
      origin.set(directiveName);
    }
    depth++;
    owner = Owner.NONE;
    read(included);
    depth--;
    origin.set(outerOrigin);
    record.owner().set(outerName);
    owner = outerOwner;
  }

  private void generated(EntryScanner made) throws EntryException {
    if (made.next()) {
      record(made);
    }
  }

  private void record(EntryScanner entry) throws EntryException {
    if (entry.isIndented() && owner == Owner.BROKEN) {
      return;
    }
    int word = owner(entry);
    long ttl = NONE;
    boolean classed = false;
    while (word < entry.count()) {
      if (ttl == NONE && Numbers.looksLikeTtl(entry, word)) {
        ttl = Numbers.ttl(entry, word++);
      } else if (!classed && RecordWords.isClass(entry, word)) {
        classed = true;
        word++;
      } else {
        break;
      }
    }
    int type = RecordWords.type(entry, word);
    record.rdata().read(entry, word + 1, type, origin);
    record.begin(entry);
    record.set(type, ttl(entry, type, ttl));
    records++;
    if (records % RECORDS_PER_NOTE == 0) {
      progress.accept(octetsDone + entry.position());
    }
    sink.accept(record);
  }

  /** Reads the owner; returns the word behind it. */
  private int owner(EntryScanner entry) throws EntryException {
    if (!entry.isIndented()) {
      owner = Owner.BROKEN;
      record.owner().read(entry, 0, origin);
      owner = Owner.KNOWN;
      return 1;
    }
    if (owner == Owner.NONE) {
      throw entry.error(
          0,
          "the line begins with a blank, which means the owner of the record before, and there is none; begin it with the owner");
    }
    return 0;
  }

  private long ttl(EntryScanner entry, int type, long stated) throws EntryException {
    if (stated != NONE) {
      lastTtl = stated;
      return stated;
    }
    if (defaultTtl != NONE) {
      return defaultTtl;
    }
    if (lastTtl == NONE) {
      if (type != Type.SOA) {
        throw entry.error(
            0, "the record has no TTL; begin the file with a line such as '$TTL 3600'");
      }
      lastTtl = Math.min(record.rdata().soaMinimum(), Rrset.TTL_MAX);
    }
    return lastTtl;
  }

  /** Number of records read so far. */
  long records() {
    return records;
  }
}
