package net.homeport.zone.check;

import java.util.List;
import java.util.function.LongConsumer;
import net.homeport.zone.CanonicalOrder;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.text.ZoneInspection;
import net.homeport.zone.text.ZoneTextProblem;
import net.homeport.zone.text.ZoneTextSource;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Looks a zone file over: first whether it would be taken, then what is wrong or odd in it.
 *
 * @param zone what could be read; null without exactly one SOA record
 * @param findings errors first, then in the order of the file
 */
public record ZoneCheck(@Nullable Zone zone, List<Finding> findings) {
  public ZoneCheck {
    findings = List.copyOf(findings);
  }

  /**
   * Checks a file as the zone {@code apex}.
   *
   * @param progress told now and then how many octets were read
   */
  public static ZoneCheck of(Name apex, ZoneTextSource source, LongConsumer progress) {
    ZoneInspection inspection = ZoneInspection.of(apex, source, progress);
    var findings = new Findings();
    for (ZoneTextProblem problem : inspection.problems()) {
      findings.add(Severity.ERROR, "zone-file", null, problem.place(), problem.message());
    }
    for (ZoneInspection.Note note : inspection.notes()) {
      note(findings, note);
    }
    Zone zone = inspection.zone();
    if (zone != null) {
      check(zone, findings);
    }
    return new ZoneCheck(zone, findings.list(inspection));
  }

  /** How many findings are this bad. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  private static void note(Findings findings, ZoneInspection.Note note) {
    switch (note.kind()) {
      case DUPLICATE ->
          findings.add(
              Severity.WARNING,
              "duplicate-record",
              note.owner(),
              note.place(),
              "this record of %s stands in the file twice; it is taken once"
                  .formatted(note.owner()));
      case OTHER_TTL ->
          findings.add(
              Severity.WARNING,
              "several-ttls",
              note.owner(),
              note.place(),
              "the records of one type at %s have several TTLs; all get the smallest (RFC 2181 5.2)"
                  .formatted(note.owner()));
    }
  }

  private static void check(Zone zone, Findings findings) {
    new SoaChecks(zone, findings).run();
    var targets = new TargetChecks(zone, findings);
    var nameServers = new NameServerChecks(zone, findings);
    var nodes = new NodeChecks(zone, findings, nameServers);
    CanonicalOrder.forEach(
        zone,
        (owner, rrsets) -> {
          for (Rrset rrset : rrsets) {
            if (rrset.type() == Type.NS) {
              nameServers.check(owner, rrset);
            }
            targets.check(owner, rrset);
          }
          targets.doubled(owner, rrsets.getFirst().type(), owner);
          nodes.check(owner, rrsets);
        });
    nodes.conclude();
  }
}
