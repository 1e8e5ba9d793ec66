package net.homeport.zone.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.homeport.zone.text.Place;
import net.homeport.zone.text.ZoneInspection;
import net.homeport.zone.text.ZoneInspection.RecordKey;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Collects findings: a bounded number of each kind, the rest counted. */
final class Findings {
  /** How many findings of a kind are told one by one. */
  static final int EACH_MAX = 50;

  private final List<Pending> pending = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * @param key the records it is about, by which its place is found; null if {@code finding} has it
   */
  private record Pending(Finding finding, @Nullable RecordKey key) {}

  /** A finding about the records of one type at a name. */
  void add(Severity severity, String code, Name owner, int type, String message) {
    put(new Finding(severity, code, owner, null, message), new RecordKey(owner, type));
  }

  /** A finding whose place is known. */
  void add(Severity severity, String code, @Nullable Name owner, Place place, String message) {
    put(new Finding(severity, code, owner, place, message), null);
  }

  private void put(Finding finding, @Nullable RecordKey key) {
    if (counts.merge(finding.code(), 1, Integer::sum) <= EACH_MAX) {
      pending.add(new Pending(finding, key));
    }
  }

  /** All of them with their places, errors first, then in the order of the file. */
  List<Finding> list(ZoneInspection inspection) {
    Set<RecordKey> wanted = new HashSet<>();
    pending.forEach(each -> {
      if (each.key != null) {
        wanted.add(each.key);
      }
    });
    Map<RecordKey, Place> places = inspection.places(wanted);
    var findings = new ArrayList<Finding>();
    Map<String, Severity> severities = new HashMap<>();
    for (Pending each : pending) {
      Finding one = each.finding;
      Place place = each.key == null ? one.place() : places.get(each.key);
      findings.add(new Finding(one.severity(), one.code(), one.owner(), place, one.message()));
      severities.put(one.code(), one.severity());
    }
    findings.sort(Comparator.comparing(Finding::severity).thenComparingInt(Findings::line));
    counts.forEach((code, count) -> {
      if (count > EACH_MAX) {
        Severity severity = severities.getOrDefault(code, Severity.NOTICE);
        findings.add(
            new Finding(
                severity, code, null, null, "and %d more of these".formatted(count - EACH_MAX)));
      }
    });
    return findings;
  }

  private static int line(Finding finding) {
    Place place = finding.place();
    return place == null ? 0 : place.line();
  }
}
