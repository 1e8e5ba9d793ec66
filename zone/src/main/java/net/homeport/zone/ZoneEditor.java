package net.homeport.zone;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * Makes the next version of a zone: set and remove RRsets, then {@link #build}. The version it
 * started from is not touched. Keeps empty non-terminals as RFC 4592 2.2.2 wants them: a name
 * exists as long as it has an RRset or a name below it.
 *
 * <p>One thread, short-lived. Knows nothing of who may change what.
 */
public final class ZoneEditor {
  private final Name apex;
  private final NameKey apexKey;
  private final byte[] apexWire;
  private final long seed;
  private final Table table;
  private int cuts;
  private int wildcards;

  /** What was made of the apex SOA; null when it has changed since. */
  private @Nullable StartOfAuthority soa;

  /** Reused by {@link #add}. */
  private @Nullable NameKey loadKey;

  private ZoneEditor(
      Name apex,
      NameKey apexKey,
      long seed,
      Table table,
      int cuts,
      int wildcards,
      @Nullable StartOfAuthority soa) {
    this.apex = apex;
    this.apexKey = apexKey;
    this.apexWire = apexKey.wire();
    this.seed = seed;
    this.soa = soa;
    this.table = table;
    this.cuts = cuts;
    this.wildcards = wildcards;
  }

  /** Edits towards the next version of {@code zone}. */
  public static ZoneEditor of(Zone zone) {
    return new ZoneEditor(
        zone.apex(),
        zone.apexKey(),
        zone.seed(),
        new SharedTable(zone.names(), zone.apexLength()),
        zone.cuts(),
        zone.wildcards(),
        zone.startOfAuthority());
  }

  /** Fills a new zone, fast, in place: for loading. */
  static ZoneEditor fresh(Name apex, long seed) {
    NameKey key = NameKey.of(seed, apex);
    var names = new HashTrie.Builder<>(new NodeKeys(key.suffixHash(0)));
    return new ZoneEditor(apex, key, seed, new FreshTable(key.length(), names), 0, 0, null);
  }

  /** Goes on, in place, from the names of {@link ZoneLoader}. */
  static ZoneEditor loaded(
      Name apex,
      NameKey apexKey,
      long seed,
      HashTrie.Builder<byte[]> names,
      int cuts,
      int wildcards) {
    var table = new FreshTable(apexKey.length(), names);
    return new ZoneEditor(apex, apexKey, seed, table, cuts, wildcards, null);
  }

  /** Counts a node that is in the table, and was not counted, at its parent. */
  void countAtParent(byte[] node, NameKey key) {
    byte[] owner = PackedNode.spelling(node);
    System.arraycopy(owner, 0, key.buffer(), 0, owner.length);
    System.arraycopy(apexWire, 0, key.buffer(), owner.length, apexWire.length);
    if (!key.index(owner.length + apexWire.length)) {
      throw new IllegalStateException("not a valid name below " + apex);
    }
    countAtParent(owner, key, 0);
  }

  /** Counts so many nodes at the apex, if it is there. */
  void countChildrenOfApex(int children) {
    byte[] node = table.get(apexKey, 0);
    if (node != null) {
      put(node, PackedNode.withChildren(node, PackedNode.children(node) + children));
    }
  }

  /** Apex of the zone being made. */
  public Name apex() {
    return apex;
  }

  /** The RRset as edited so far, or null. */
  public @Nullable Rrset rrset(Name owner, int type) {
    byte[] node = table.get(key(owner), 0);
    return node == null ? null : PackedNode.rrset(node, type);
  }

  /** All RRsets of this owner name as edited so far. */
  public List<Rrset> rrsets(Name owner) {
    byte[] node = table.get(key(owner), 0);
    return node == null ? List.of() : PackedNode.rrsets(node);
  }

  /** Puts an RRset at a name, in place of one of the same type. */
  public void set(Name owner, Rrset rrset) {
    forgetSoa(rrset.type());
    NameKey key = key(owner);
    byte[] node = table.get(key, 0);
    if (node == null) {
      node = created(owner.toWire(), key);
    }
    replace(node, PackedNode.with(node, rrset));
  }

  /**
   * Adds records to a name, beside those it has: an RRset keeps the smallest TTL (RFC 2181 5.2),
   * and equal records once.
   *
   * @return the name's node as it is now, to be read by {@link PackedNode}; not to be changed
   * @throws RrsetTooLargeException when no DNS message could carry an RRset; some of the records
   *     may have been added then
   */
  public byte[] add(NodeRecords records, Management management) {
    NameKey key = loadKey == null ? new NameKey(seed) : loadKey;
    loadKey = key;
    System.arraycopy(records.owner(), 0, key.buffer(), 0, records.ownerLength());
    if (!key.index(records.ownerLength()) || !isInZone(key)) {
      throw new IllegalArgumentException(records.name() + " is not in the zone " + apex);
    }
    byte[] node = table.get(key, 0);
    if (node == null) {
      node = created(records.owner(), key);
    }
    byte[] next = node;
    for (int i = 0; i < records.count(); i++) {
      if (!records.isTaken(i)) {
        forgetSoa(records.type(i));
        next = PackedNode.with(next, records.rrset(records.type(i), next, management));
      }
    }
    replace(node, next);
    return next;
  }

  private boolean isInZone(NameKey key) {
    int label = key.labels() - apex.labels();
    if (label < 0) {
      return false;
    }
    int from = key.labelStart(label);
    return Arrays.equals(key.wire(), from, key.length(), apexWire, 0, apexWire.length);
  }

  /** Takes the RRset of this type away from a name; nothing happens if there is none. */
  public void remove(Name owner, int type) {
    forgetSoa(type);
    NameKey key = key(owner);
    byte[] node = table.get(key, 0);
    if (node == null || PackedNode.find(node, type) < 0) {
      return;
    }
    byte[] next = PackedNode.without(node, type);
    replace(node, next);
    prune(key, 0, next);
  }

  /**
   * The zone as edited.
   *
   * @throws IllegalStateException if there is not exactly one SOA record at the apex
   */
  public Zone build() {
    StartOfAuthority built = soa;
    if (built == null) {
      Rrset rrset = rrset(apex, Type.SOA);
      if (rrset == null || rrset.count() != 1) {
        throw new IllegalStateException("the zone " + apex + " needs exactly one SOA record");
      }
      built = new StartOfAuthority(apex, rrset);
      soa = built;
    }
    return new Zone(apex, apexKey, seed, table.build(), cuts, wildcards, built);
  }

  private void forgetSoa(int type) {
    if (type == Type.SOA) {
      soa = null;
    }
  }

  /** Gives the zone another serial (RFC 1982). */
  public void setSerial(long serial) {
    Rrset present =
        Objects.requireNonNull(rrset(apex, Type.SOA), "a zone being edited has a SOA record");
    SOARecord old = (SOARecord) present.records(apex).getFirst();
    var next =
        new SOARecord(
            apex,
            old.getDClass(),
            old.getTTL(),
            old.getHost(),
            old.getAdmin(),
            serial,
            old.getRefresh(),
            old.getRetry(),
            old.getExpire(),
            old.getMinimum());
    set(apex, Rrset.of(List.of(next), present.ttl(), present.management()));
  }

  private NameKey key(Name owner) {
    if (!owner.subdomain(apex)) {
      throw new IllegalArgumentException(owner + " is not in the zone " + apex);
    }
    return NameKey.of(seed, owner);
  }

  private byte[] created(byte[] owner, NameKey key) {
    byte[] node = emptyNode(owner, key, 0);
    put(null, node);
    countAtParent(owner, key, 0);
    return node;
  }

  private byte[] emptyNode(byte[] owner, NameKey key, int label) {
    int from = key.labelStart(label);
    int end = key.length() - apexWire.length;
    return PackedNode.empty(
        Arrays.copyOfRange(key.wire(), from, end), Arrays.copyOfRange(owner, from, end));
  }

  private void countAtParent(byte[] owner, NameKey key, int label) {
    int parent = label + 1;
    if (parent > key.labels() - apex.labels()) {
      return;
    }
    byte[] node = table.get(key, parent);
    if (node == null) {
      node = emptyNode(owner, key, parent);
      put(null, node);
      countAtParent(owner, key, parent);
    }
    if (!table.countChild(node)) {
      put(node, PackedNode.withChildren(node, PackedNode.children(node) + 1));
    }
  }

  private void prune(NameKey key, int label, byte[] node) {
    boolean isApex = label == key.labels() - apex.labels();
    if (isApex || PackedNode.hasRrsets(node) || PackedNode.children(node) > 0) {
      return;
    }
    table.remove(node);
    wildcards -= PackedNode.isWildcard(node) ? 1 : 0;
    byte[] parent = Objects.requireNonNull(table.get(key, label + 1), "a name has a parent");
    byte[] next = PackedNode.withChildren(parent, PackedNode.children(parent) - 1);
    put(parent, next);
    prune(key, label + 1, next);
  }

  private void replace(byte[] before, byte[] after) {
    cuts += (PackedNode.isCut(after) ? 1 : 0) - (PackedNode.isCut(before) ? 1 : 0);
    put(before, after);
  }

  private void put(byte @Nullable [] before, byte[] after) {
    if (before == null && PackedNode.isWildcard(after)) {
      wildcards++;
    }
    table.put(after);
  }

  /** The names being edited: persistent when derived from a zone, in place when fresh. */
  private interface Table {
    byte @Nullable [] get(NameKey key, int label);

    void put(byte[] node);

    void remove(byte[] node);

    /** Counts one more child of a node in place, if that can be done. */
    boolean countChild(byte[] node);

    HashTrie<byte[]> build();
  }

  private static final class SharedTable implements Table {
    private final int apexLength;
    private HashTrie<byte[]> names;

    SharedTable(HashTrie<byte[]> names, int apexLength) {
      this.names = names;
      this.apexLength = apexLength;
    }

    @Override
    public byte @Nullable [] get(NameKey key, int label) {
      int from = key.labelStart(label);
      return names.get(key.suffixHash(label), key.wire(), from, key.length() - apexLength - from);
    }

    @Override
    public void put(byte[] node) {
      names = names.with(node);
    }

    @Override
    public void remove(byte[] node) {
      names = names.without(node);
    }

    @Override
    public boolean countChild(byte[] node) {
      return false;
    }

    @Override
    public HashTrie<byte[]> build() {
      return names;
    }
  }

  private static final class FreshTable implements Table {
    private final int apexLength;
    private final HashTrie.Builder<byte[]> names;

    FreshTable(int apexLength, HashTrie.Builder<byte[]> names) {
      this.apexLength = apexLength;
      this.names = names;
    }

    @Override
    public byte @Nullable [] get(NameKey key, int label) {
      int from = key.labelStart(label);
      return names.get(key.suffixHash(label), key.wire(), from, key.length() - apexLength - from);
    }

    @Override
    public void put(byte[] node) {
      names.put(node);
    }

    @Override
    public void remove(byte[] node) {
      throw new IllegalStateException("a zone being loaded only grows");
    }

    @Override
    public boolean countChild(byte[] node) {
      return PackedNode.countChild(node);
    }

    @Override
    public HashTrie<byte[]> build() {
      return names.build();
    }
  }
}
