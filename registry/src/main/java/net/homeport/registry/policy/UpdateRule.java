package net.homeport.registry.policy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.homeport.zone.Rrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * One thing that a key may do. Whatever no rule of a key allows is denied.
 *
 * @param zones apexes of the zones it is about; empty for all zones, which the owners then bound
 * @param owners which names may change; at least one
 * @param types which types may change; all others may not, so NS, DNAME, SOA and the types of
 *     DNSSEC are out unless listed
 * @param operations what may be done; at least one
 * @param touchesStatic whether static records may change, and those it adds are static
 * @param sources from where; empty for anywhere
 * @param expiresAt from when on it allows nothing; null for never
 */
public record UpdateRule(
    List<Name> zones,
    List<OwnerPattern> owners,
    Set<Integer> types,
    Set<Operation> operations,
    boolean touchesStatic,
    List<SourceNetwork> sources,
    @Nullable Instant expiresAt) {

  /** Most characters of a rule's text: it stands with every change that it allowed. */
  public static final int TEXT_MAX = 2000;

  /**
   * The types of a rule that lists none: addresses, and what clients of dynamic updates publish.
   */
  public static final Set<Integer> DEFAULT_TYPES =
      Set.of(
          Type.A,
          Type.AAAA,
          Type.TXT,
          Type.HTTPS,
          Type.SVCB,
          Type.DHCID,
          Type.CNAME,
          Type.SRV,
          Type.PTR);

  /** What may be done with a record. */
  public enum Operation {
    /** Adding it; its RRset takes its TTL. */
    ADD,
    /** Deleting it. A CNAME, DNAME or SOA replaces the one that stands, so adding it needs this. */
    DELETE
  }

  /**
   * @throws IllegalArgumentException that says what is wrong with the rule
   */
  public UpdateRule {
    zones = List.copyOf(zones);
    owners = List.copyOf(owners);
    types = Collections.unmodifiableSet(new TreeSet<>(types));
    sources = List.copyOf(sources);
    if (owners.isEmpty()) {
      throw new IllegalArgumentException(
          "the rule says no names: give an owner, a subtree, a pattern, self, or self-subtree; a whole zone is the subtree of its name");
    }
    if (types.isEmpty() || operations.isEmpty()) {
      throw new IllegalArgumentException("the rule has no types or no operations");
    }
    for (int type : types) {
      if (!Rrset.isDataType(type)) {
        throw new IllegalArgumentException(
            "the type %s stands in no zone (RFC 6895 3.1)".formatted(Type.string(type)));
      }
    }
    operations = Collections.unmodifiableSet(EnumSet.copyOf(operations));
    int length =
        RuleText.of(zones, owners, types, operations, touchesStatic, sources, expiresAt).length();
    if (length > TEXT_MAX) {
      throw new IllegalArgumentException(
          "the rule has %d characters, more than %d; make two of it".formatted(length, TEXT_MAX));
    }
  }

  /**
   * One change that needs permission.
   *
   * @param type null if there is nothing at the name to change
   */
  record Change(Name zone, Name owner, @Nullable Integer type, Set<Operation> operations) {}

  /**
   * Why the rule cannot be used at all for a zone, by whom, from where and when; null if it can.
   */
  @Nullable String objection(Name zone, InetAddress source, Instant now) {
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      return "it expired at " + expiresAt;
    }
    if (!zones.isEmpty() && !zones.contains(zone)) {
      return "it is not about the zone " + zone.toString(true);
    }
    if (!sources.isEmpty() && sources.stream().noneMatch(block -> block.contains(source))) {
      return "it cannot be used from " + source.getHostAddress();
    }
    return null;
  }

  /** Why the rule does not allow this change; null if it does. */
  @Nullable String objection(Change change, Name key) {
    Name owner = change.owner();
    if (!operations.containsAll(change.operations())) {
      return operations.contains(Operation.ADD) && change.operations().contains(Operation.ADD)
          ? "it allows no delete, and to add this type is to replace what stands"
          : "it allows no " + (operations.contains(Operation.ADD) ? "delete" : "add");
    }
    Integer type = change.type();
    if (type != null && !types.contains(type)) {
      return "it does not list the type " + Type.string(type);
    }
    if (owners.stream().noneMatch(pattern -> pattern.covers(owner, key))) {
      return owner.isWild()
          ? "a wildcard name must be named as an owner"
          : "it does not cover the name " + owner.toString(true);
    }
    boolean authority = type != null && (type == Type.NS || type == Type.SOA);
    if (authority
        && owner.equals(change.zone())
        && owners.stream().noneMatch(pattern -> pattern.names(owner, key))) {
      return "for NS and SOA of the zone itself, its name must be named as an owner";
    }
    return null;
  }

  /** The rule in one line, as {@link RuleText#parse} reads it. */
  @Override
  public String toString() {
    return RuleText.of(zones, owners, types, operations, touchesStatic, sources, expiresAt);
  }
}
