package net.homeport.zone.text;

/**
 * The record that a {@link ZoneTextReader} has just read; reused for the next one.
 *
 * <p>Owner and RDATA are octets in wire form, not to be changed or kept.
 */
final class TextRecord {
  private final NameWire owner = new NameWire();
  private final RdataReader rdata = new RdataReader();
  private EntryScanner entry = new EntryScanner(ZoneTextSource.of("", ""));
  private int type;
  private long ttl;

  /** Takes what receives a zone's records one by one. */
  @FunctionalInterface
  interface Sink {
    void accept(TextRecord record);
  }

  void begin(EntryScanner in) {
    entry = in;
  }

  void set(int newType, long newTtl) {
    type = newType;
    ttl = newTtl;
  }

  /** Absolute, as spelled. */
  NameWire owner() {
    return owner;
  }

  RdataReader rdata() {
    return rdata;
  }

  int type() {
    return type;
  }

  /** In seconds. */
  long ttl() {
    return ttl;
  }

  ZoneTextSource source() {
    return entry.source();
  }

  /** Where its first word stands. */
  int offset() {
    return entry.offset(0);
  }
}
