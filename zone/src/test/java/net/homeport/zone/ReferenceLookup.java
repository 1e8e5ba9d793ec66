package net.homeport.zone;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * RFC 1034 4.3.2 with RFC 4592 and RFC 6672 word by word over plain lists of records: slow,
 * obvious, and written without a look at the production code's way. ANY gives all RRsets of the
 * name.
 */
final class ReferenceLookup {
  private final List<PlainZone> zones;

  ReferenceLookup(List<PlainZone> zones) {
    this.zones = zones;
  }

  record PlainZone(Name apex, List<Record> records) {
    List<Record> at(Name owner, Predicate<Record> wanted) {
      return records.stream()
          .filter(record -> record.getName().equals(owner))
          .filter(wanted)
          .toList();
    }

    List<Record> at(Name owner, int type) {
      return at(owner, record -> record.getType() == type);
    }

    /** RFC 4592 2.2.3: a name exists if it or a name below it owns a record. */
    boolean exists(Name name) {
      return records.stream().anyMatch(record -> record.getName().subdomain(name));
    }
  }

  Truth lookup(Name name, int type) {
    // Step 2: the zone which is the nearest ancestor to QNAME; for DS the one above the apex.
    List<PlainZone> enclosing =
        zones.stream()
            .filter(zone -> name.subdomain(zone.apex()))
            .sorted(Comparator.comparingInt((PlainZone zone) -> -zone.apex().labels()))
            .toList();
    if (enclosing.isEmpty()) {
      return Truth.notAuthoritative();
    }
    boolean parentSide =
        type == Type.DS && enclosing.getFirst().apex().equals(name) && enclosing.size() > 1;
    return in(enclosing.get(parentSide ? 1 : 0), name, type);
  }

  private static Truth in(PlainZone zone, Name name, int type) {
    // Step 3: match down, label by label, from the apex.
    for (Name node : fromApexTo(zone.apex(), name)) {
      List<Record> nameServers = zone.at(node, Type.NS);
      boolean isApex = node.equals(zone.apex());
      boolean parentSide = node.equals(name) && type == Type.DS;
      if (!nameServers.isEmpty() && !isApex && !parentSide) {
        return Truth.referral(zone.apex(), node, nameServers, glue(zone, nameServers)); // 3b
      }
      List<Record> redirection = zone.at(node, Type.DNAME);
      if (!redirection.isEmpty() && !node.equals(name)) {
        return Truth.alias(
            zone.apex(), node, redirection, substituted(name, redirection.getFirst()));
      }
    }
    if (zone.exists(name)) {
      return atNode(zone, name, name, type); // 3a
    }
    for (Name encloser = new Name(name, 1); ; encloser = new Name(encloser, 1)) { // 3c
      if (zone.exists(encloser)) {
        Name source = child("*", encloser);
        return source != null && zone.exists(source)
            ? atNode(zone, source, name, type)
            : Truth.nameError(zone.apex());
      }
    }
  }

  private static List<Name> fromApexTo(Name apex, Name name) {
    var path = new ArrayList<Name>();
    for (int skipped = name.labels() - apex.labels(); skipped >= 0; skipped--) {
      path.add(new Name(name, skipped));
    }
    return path;
  }

  private static Truth atNode(PlainZone zone, Name node, Name asked, int type) {
    List<Record> alias = zone.at(node, Type.CNAME);
    if (!alias.isEmpty() && type != Type.CNAME && type != Type.ANY) {
      Name target = ((CNAMERecord) alias.getFirst()).getTarget();
      return Truth.alias(zone.apex(), asked, alias, target);
    }
    List<Record> answer = zone.at(node, record -> record.getType() == type || type == Type.ANY);
    return answer.isEmpty() ? Truth.noData(zone.apex()) : Truth.answer(zone.apex(), answer);
  }

  private static List<Record> glue(PlainZone zone, List<Record> nameServers) {
    return nameServers.stream()
        .map(record -> ((NSRecord) record).getTarget())
        .distinct()
        .flatMap(server -> Stream.of(Type.A, Type.AAAA).flatMap(type -> rrset(zone, server, type)))
        .toList();
  }

  private static Stream<Record> rrset(PlainZone zone, Name owner, int type) {
    List<Record> records = zone.at(owner, type);
    return records.isEmpty() ? Stream.empty() : Zones.rrsetOf(records).records(owner).stream();
  }

  /** RFC 6672 2.2: the suffix that is the owner gives way to the target. */
  private static @Nullable Name substituted(Name name, Record record) {
    Name prefix = name.relativize(record.getName());
    try {
      return Name.concatenate(prefix, ((DNAMERecord) record).getTarget());
    } catch (NameTooLongException _) {
      return null;
    }
  }

  private static @Nullable Name child(String label, Name parent) {
    try {
      return Name.concatenate(Name.fromConstantString(label), parent);
    } catch (NameTooLongException _) {
      return null;
    }
  }
}
