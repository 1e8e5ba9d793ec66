package net.homeport.nameserver.secondary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.RrsetTooLargeException;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.update.ZoneDifference;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Serial;
import org.xbill.DNS.Type;

/**
 * Reads the messages that answer one AXFR (RFC 5936 section 2.2) or IXFR (RFC 1995 section 4), to
 * which the answer may be that of AXFR. One thread.
 */
final class TransferStream {
  /** Most records of a zone, or of its differences on their way. */
  static final int RECORDS_MAX = 20_000_000;

  /** Most records of differences; the whole zone costs less then. */
  static final int DIFFERENCE_RECORDS_MAX = 500_000;

  private enum State {
    START,
    AFTER_FIRST_SOA,
    WHOLE,
    DELETED,
    ADDED,
    DONE
  }

  private final TransferQuery query;
  private final Supplier<ZoneEditor> newZone;
  private State state = State.START;
  private boolean first = true;
  private int records;
  private @Nullable SOARecord latest;
  private @Nullable TransferResult result;

  // A zone on its way: the records of one RRset come together as a rule.
  private @Nullable ZoneEditor editor;
  private final List<Record> gathered = new ArrayList<>();

  // Differences on their way.
  private final List<ZoneDifference> differences = new ArrayList<>();
  private @Nullable SOARecord from;
  private @Nullable SOARecord to;
  private List<Record> deleted = new ArrayList<>();
  private List<Record> added = new ArrayList<>();

  /**
   * @param newZone an empty zone of the name asked for
   */
  TransferStream(TransferQuery query, Supplier<ZoneEditor> newZone) {
    this.query = query;
    this.newZone = newZone;
  }

  /** What came, once {@link #take} has said that it is all. */
  TransferResult result() {
    if (result == null) {
      throw new IllegalStateException("the stream has not ended");
    }
    return result;
  }

  /**
   * Takes the next message.
   *
   * @return whether it was the last one
   * @throws TransferException if it does not go on as it must; nothing of it may be used then
   */
  boolean take(Message message) throws TransferException {
    query.check(message, first);
    first = false;
    List<Record> answers = message.getSection(Section.ANSWER);
    if (answers.isEmpty()) {
      throw new TransferException("its answer has a message without records");
    }
    for (Record record : answers) {
      take(record);
    }
    if (state == State.AFTER_FIRST_SOA && isUpToDate()) {
      done(new TransferResult.UpToDate(latest().getSerial()));
    }
    return state == State.DONE;
  }

  private boolean isUpToDate() {
    SOARecord ours = query.ours();
    return query.type() == Type.IXFR
        && ours != null
        && Serial.compare(latest().getSerial(), ours.getSerial()) <= 0;
  }

  private SOARecord latest() {
    if (latest == null) {
      throw new IllegalStateException("no SOA yet");
    }
    return latest;
  }

  private void take(Record record) throws TransferException {
    check(record);
    SOARecord soa = record instanceof SOARecord found ? found : null;
    switch (state) {
      case START -> {
        if (soa == null) {
          throw new TransferException("its answer does not begin with the SOA record");
        }
        latest = soa;
        state = State.AFTER_FIRST_SOA;
      }
      case AFTER_FIRST_SOA -> second(record, soa);
      case WHOLE -> {
        if (soa == null) {
          gather(record);
        } else if (soa.equals(latest)) {
          endWhole();
        } else {
          throw new TransferException(
              "the zone changed there while it was sent, from serial %d to %d"
                  .formatted(latest().getSerial(), soa.getSerial()));
        }
      }
      case DELETED -> {
        if (soa == null) {
          deleted.add(record);
        } else {
          to = soa;
          state = State.ADDED;
        }
      }
      case ADDED -> {
        if (soa == null) {
          added.add(record);
        } else {
          endDifference(soa);
        }
      }
      case DONE -> throw new TransferException("its answer goes on behind its end");
    }
  }

  private void check(Record record) throws TransferException {
    Name owner = record.getName();
    if (!owner.subdomain(query.zone())) {
      throw new TransferException(
          "it sends a record of %s, which is not in the zone".formatted(owner));
    }
    int type = record.getType();
    if (record.getDClass() != DClass.IN || !Rrset.isDataType(type)) {
      throw new TransferException(
          "it sends a record of %s that cannot stand in a zone: %s %s"
              .formatted(owner, DClass.string(record.getDClass()), Type.string(type)));
    }
    if (type == Type.SOA && !owner.equals(query.zone())) {
      throw new TransferException(
          "it sends a SOA record of %s, which is not the zone's name".formatted(owner));
    }
    if (++records > RECORDS_MAX) {
      throw new TransferException("the zone has more than %d records".formatted(RECORDS_MAX));
    }
    if (deleted.size() + added.size() > 0 && records > DIFFERENCE_RECORDS_MAX) {
      throw new TransferException(
          "the differences have more than %d records".formatted(DIFFERENCE_RECORDS_MAX));
    }
  }

  /** Tells what kind of answer it is. */
  private void second(Record record, @Nullable SOARecord soa) throws TransferException {
    SOARecord ours = query.ours();
    if (soa == null) {
      beginWhole();
      gather(record);
    } else if (query.type() == Type.IXFR
        && ours != null
        && !isUpToDate()
        && soa.getSerial() == ours.getSerial()) {
      from = soa;
      state = State.DELETED;
    } else if (soa.equals(latest)) {
      beginWhole();
      endWhole();
    } else {
      throw new TransferException(
          "its differences begin at serial %d, which we do not have".formatted(soa.getSerial()));
    }
  }

  private void beginWhole() {
    editor = newZone.get();
    state = State.WHOLE;
    gathered.add(latest());
  }

  private void gather(Record record) throws TransferException {
    if (!gathered.isEmpty()) {
      Record last = gathered.getLast();
      if (last.getType() != record.getType() || !last.getName().equals(record.getName())) {
        flush();
      }
    }
    gathered.add(record);
  }

  /** An RRset has one TTL, the smallest (RFC 2181 5.2). */
  private void flush() throws TransferException {
    ZoneEditor zone = editor;
    if (zone == null || gathered.isEmpty()) {
      return;
    }
    Record one = gathered.getFirst();
    Name owner = one.getName();
    Rrset before = zone.rrset(owner, one.getType());
    if (before != null) {
      gathered.addAll(before.records(owner));
    }
    zone.set(owner, rrset(gathered));
    gathered.clear();
  }

  private static Rrset rrset(List<Record> records) throws TransferException {
    // RFC 2181 8: a TTL with the highest bit set is 0.
    long ttl =
        records.stream()
            .mapToLong(record -> record.getTTL() > Rrset.TTL_MAX ? 0 : record.getTTL())
            .min()
            .orElseThrow();
    try {
      return Rrset.of(records, ttl, Management.STATIC);
    } catch (RrsetTooLargeException e) {
      throw new TransferException("%s: %s".formatted(records.getFirst().getName(), e.getMessage()));
    }
  }

  private void endWhole() throws TransferException {
    flush();
    ZoneEditor zone = editor;
    if (zone == null) {
      throw new IllegalStateException("no zone was begun");
    }
    done(new TransferResult.Whole(zone.build()));
  }

  private void endDifference(SOARecord soa) throws TransferException {
    SOARecord before = from;
    SOARecord after = to;
    if (before == null || after == null) {
      throw new IllegalStateException("no difference was begun");
    }
    if (Serial.compare(after.getSerial(), before.getSerial()) <= 0) {
      throw new TransferException(
          "its differences go back, from serial %d to %d"
              .formatted(before.getSerial(), after.getSerial()));
    }
    differences.add(new ZoneDifference(before, deleted, after, added));
    deleted = new ArrayList<>();
    added = new ArrayList<>();
    if (soa.getSerial() != after.getSerial()) {
      throw new TransferException(
          "its differences leave out what led from serial %d to %d"
              .formatted(after.getSerial(), soa.getSerial()));
    }
    if (after.equals(latest)) {
      done(new TransferResult.Differences(differences));
    } else {
      from = soa;
      state = State.DELETED;
    }
  }

  private void done(TransferResult what) {
    result = what;
    state = State.DONE;
  }
}
