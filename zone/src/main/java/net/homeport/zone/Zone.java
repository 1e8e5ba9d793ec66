package net.homeport.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * One zone at one serial, immutable: its names with their RRsets, empty non-terminals included.
 *
 * <p>Safe to read from any thread. A new version comes from a {@link ZoneEditor}, and shares all it
 * can with this one.
 */
public final class Zone {
  private static final byte[] WILDCARD_LABEL = {1, '*'};

  private final Name apex;
  private final byte[] apexWire;
  private final NameKey apexKey;
  private final long seed;
  private final HashTrie<byte[]> names;
  private final int cuts;
  private final int wildcards;
  private final StartOfAuthority soa;

  /** The cuts; less than none if the zone is expired: then no node of it is what answers. */
  private final int hidden;

  Zone(
      Name apex,
      NameKey apexKey,
      long seed,
      HashTrie<byte[]> names,
      int cuts,
      int wildcards,
      StartOfAuthority soa) {
    this(apex, apexKey, seed, names, cuts, wildcards, soa, false);
  }

  private Zone(
      Name apex,
      NameKey apexKey,
      long seed,
      HashTrie<byte[]> names,
      int cuts,
      int wildcards,
      StartOfAuthority soa,
      boolean expired) {
    this.hidden = expired ? -1 : cuts;
    this.apex = apex;
    this.seed = seed;
    this.apexKey = apexKey;
    this.apexWire = apexKey.wire();
    this.names = names;
    this.cuts = cuts;
    this.wildcards = wildcards;
    this.soa = soa;
  }

  /** The apex name, as first spelled. */
  public Name apex() {
    return apex;
  }

  /** SOA serial, an unsigned 32-bit number (RFC 1982). */
  public long serial() {
    return soa.soa().getSerial();
  }

  /** The SOA record. */
  public SOARecord soa() {
    return soa.soa();
  }

  /** The SOA RRset, with its own TTL. */
  public Rrset soaRrset() {
    return soa.rrset();
  }

  /**
   * Whether nothing of it may be answered: it is a copy of another server's, which was not heard of
   * for too long (RFC 1034 4.3.5). A next version made by a {@link ZoneEditor} is not expired.
   */
  public boolean isExpired() {
    return hidden < 0;
  }

  /** The same content, expired or not. */
  public Zone expired(boolean expired) {
    return expired == isExpired()
        ? this
        : new Zone(apex, apexKey, seed, names, cuts, wildcards, soa, expired);
  }

  /** Number of names that exist, empty non-terminals included. */
  public int nameCount() {
    return names.size();
  }

  /**
   * The SOA record of a negative answer, answer-ready: its TTL is the smaller of the SOA's TTL and
   * MINIMUM field (RFC 2308 5). Its owner pointer (the first two octets) is that of the question
   * and must be moved to where the apex stands in it. Not to be changed.
   */
  public byte[] negativeSoa() {
    return soa.negative();
  }

  /** Octets of the apex name in wire form. */
  public int apexLength() {
    return apexWire.length;
  }

  /**
   * The node of the name in {@code key}, which must lie in this zone, or null if the name does not
   * exist. Nodes are read by {@link PackedNode}; not to be changed.
   */
  public byte @Nullable [] node(NameKey key) {
    return nodeAt(key, 0);
  }

  private byte @Nullable [] nodeAt(NameKey key, int label) {
    int from = key.labelStart(label);
    return names.get(
        key.suffixHash(label), key.wire(), from, key.length() - apexWire.length - from);
  }

  /**
   * Whether the name in {@code key} is at or below a zone cut, or below a DNAME, or the zone is
   * expired: then its node, if any, is not what answers. Cheap when nothing of that is.
   */
  public boolean isBeyondCut(NameKey key) {
    return hidden != 0 && (hidden < 0 || cutLabel(key) >= 0);
  }

  /** As {@link #isBeyondCut(NameKey)}, of a name that lies in this zone. */
  public boolean isBeyondCut(Name name) {
    return cuts > 0 && cutLabel(NameKey.of(seed, name)) >= 0;
  }

  /** Whether any wildcard name exists in the zone. */
  public boolean hasWildcards() {
    return wildcards > 0;
  }

  /** Leftmost label of the topmost cut on the way from below the apex to the name; -1 if none. */
  private int cutLabel(NameKey key) {
    int apexLabel = key.labels() - apexLabels();
    for (int label = apexLabel; label >= 0; label--) {
      byte[] node = nodeAt(key, label);
      if (node == null) {
        return -1;
      }
      boolean delegation = label < apexLabel && PackedNode.find(node, Type.NS) >= 0;
      boolean redirection = label > 0 && PackedNode.find(node, Type.DNAME) >= 0;
      if (delegation || redirection) {
        return label;
      }
    }
    return -1;
  }

  private int apexLabels() {
    return apex.labels();
  }

  /** The RRset of this owner name and type, or null; no wildcard, alias or cut is considered. */
  public @Nullable Rrset rrset(Name owner, int type) {
    byte[] node = nodeOf(owner);
    return node == null ? null : PackedNode.rrset(node, type);
  }

  /** All RRsets of this owner name; empty if there are none. */
  public List<Rrset> rrsets(Name owner) {
    byte[] node = nodeOf(owner);
    return node == null ? List.of() : PackedNode.rrsets(node);
  }

  /**
   * Whether this owner name exists, be it as an empty non-terminal; a wildcard is no other name.
   */
  public boolean exists(Name owner) {
    return nodeOf(owner) != null;
  }

  private byte @Nullable [] nodeOf(Name owner) {
    return owner.subdomain(apex) ? node(NameKey.of(seed, owner)) : null;
  }

  /**
   * Calls {@code action} with each owner name and its RRsets, apex and all, in no special order.
   */
  public void forEach(BiConsumer<Name, List<Rrset>> action) {
    names.forEach(node -> {
      if (PackedNode.hasRrsets(node)) {
        action.accept(ownerOf(node), PackedNode.rrsets(node));
      }
    });
  }

  /**
   * Visits each RRset as it is kept, the apex's and its SOA too, in no special order. An exception
   * of the visitor ends it.
   */
  public void forEachPacked(PackedNode.RrsetVisitor visitor) {
    names.forEach(node -> PackedNode.forEachRrset(node, visitor));
  }

  /** The owner name as it was first spelled; as given if it does not exist. */
  public Name spelled(Name owner) {
    byte[] node = nodeOf(owner);
    return node == null ? owner : ownerOf(node);
  }

  private Name ownerOf(byte[] node) {
    return nameOf(PackedNode.spelling(node), apex);
  }

  static Name nameOf(byte[] relative, Name apex) {
    try {
      byte[] wire = Arrays.copyOf(relative, relative.length + apex.length());
      System.arraycopy(apex.toWire(), 0, wire, relative.length, apex.length());
      return new Name(wire);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("corrupt owner name below " + apex, e);
    }
  }

  /** Looks up a name that lies in this zone; {@link ZoneSnapshot#lookup} chooses the zone. */
  public LookupResult lookup(Name name, int type) {
    if (isExpired()) {
      return new LookupResult.Expired(this);
    }
    NameKey key = NameKey.of(seed, name);
    int cut = cuts == 0 ? -1 : cutLabel(key);
    if (cut >= 0 && !(cut == 0 && type == Type.DS)) {
      return beyondCut(name, key, cut);
    }
    byte[] node = node(key);
    if (node != null) {
      return at(name, node, type);
    }
    if (wildcards == 0) {
      return new LookupResult.NameError(this);
    }
    byte[] wildcard = wildcardNode(key);
    return wildcard == null ? new LookupResult.NameError(this) : at(name, wildcard, type);
  }

  private LookupResult at(Name name, byte[] node, int type) {
    int found = type == Type.ANY ? firstRrset(node) : PackedNode.find(node, type);
    if (found >= 0) {
      return new LookupResult.Answer(
          this, Objects.requireNonNull(PackedNode.rrset(node, PackedNode.type(node, found))));
    }
    Rrset alias = PackedNode.rrset(node, Type.CNAME);
    if (alias != null) {
      Name target = ((CNAMERecord) alias.records(name).getFirst()).getTarget();
      return new LookupResult.Alias(this, name, alias, target);
    }
    return new LookupResult.NoData(this);
  }

  private static int firstRrset(byte[] node) {
    List<Rrset> rrsets = PackedNode.rrsets(node);
    return rrsets.isEmpty() ? -1 : PackedNode.find(node, rrsets.getFirst().type());
  }

  /**
   * The node of the wildcard from which a name that does not exist is synthesised: that at its
   * closest encloser (RFC 4592 3.3.1), or null if there is none. No allocation.
   *
   * @param key lies in this zone and has no node; used as scratch, and left as it was
   */
  public byte @Nullable [] wildcardNode(NameKey key) {
    int apexLabel = key.labels() - apexLabels();
    for (int label = 1; label <= apexLabel; label++) {
      if (nodeAt(key, label) != null) {
        return wildcardBelow(key, label);
      }
    }
    return null;
  }

  /** The wildcard's name is written over the label before the encloser: it needs no more room. */
  private byte @Nullable [] wildcardBelow(NameKey key, int encloser) {
    byte[] wire = key.wire();
    int from = key.labelStart(encloser) - WILDCARD_LABEL.length;
    byte length = wire[from];
    byte octet = wire[from + 1];
    System.arraycopy(WILDCARD_LABEL, 0, wire, from, WILDCARD_LABEL.length);
    long hash = NameKey.hashLabel(key.suffixHash(encloser), wire, from);
    byte[] node = names.get(hash, wire, from, key.length() - apexWire.length - from);
    wire[from] = length;
    wire[from + 1] = octet;
    return node;
  }

  private LookupResult beyondCut(Name name, NameKey key, int label) {
    Name owner = new Name(name, label);
    byte[] node = Objects.requireNonNull(nodeAt(key, label));
    Rrset nameServers = PackedNode.rrset(node, Type.NS);
    if (nameServers != null && owner.labels() > apexLabels()) {
      return new LookupResult.Referral(this, owner, nameServers, glue(owner, nameServers));
    }
    Rrset redirection = Objects.requireNonNull(PackedNode.rrset(node, Type.DNAME));
    Record dname = redirection.records(owner).getFirst();
    return new LookupResult.Alias(this, owner, redirection, substituted(name, (DNAMERecord) dname));
  }

  private static @Nullable Name substituted(Name name, DNAMERecord dname) {
    try {
      return name.fromDNAME(dname);
    } catch (NameTooLongException e) {
      return null;
    }
  }

  private List<LookupResult.Glue> glue(Name cut, Rrset nameServers) {
    var glue = new ArrayList<LookupResult.Glue>();
    for (Record record : nameServers.records(cut)) {
      Name target = ((NSRecord) record).getTarget();
      for (int type : new int[] {Type.A, Type.AAAA}) {
        Rrset addresses = rrset(target, type);
        if (addresses != null) {
          glue.add(new LookupResult.Glue(target, addresses));
        }
      }
    }
    return List.copyOf(glue);
  }

  long seed() {
    return seed;
  }

  byte[] apexWire() {
    return apexWire;
  }

  /** A hash of the apex name; secret, as its seed is. */
  public long apexHash() {
    return apexKey.suffixHash(0);
  }

  NameKey apexKey() {
    return apexKey;
  }

  StartOfAuthority startOfAuthority() {
    return soa;
  }

  HashTrie<byte[]> names() {
    return names;
  }

  int cuts() {
    return cuts;
  }

  int wildcards() {
    return wildcards;
  }

  @Override
  public String toString() {
    return apex + " serial " + serial() + ", " + nameCount() + " names";
  }

  /** An absolute name from text, for constants and tests of this house. */
  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
