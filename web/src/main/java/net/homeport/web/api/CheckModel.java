package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import net.homeport.registry.check.IntegrityReport;
import net.homeport.registry.check.IntegrityReport.Counts;

/** The JSON of the API about the integrity of the data. */
public final class CheckModel {
  private CheckModel() {}

  /**
   * What a check has found.
   *
   * @param clean whether nothing is wrong
   * @param names owner names of the zones that could be loaded
   * @param omitted how many findings there were beside these
   */
  @Json
  public record CheckView(
      boolean clean,
      long zones,
      long names,
      long changesets,
      long hosts,
      long credentials,
      long keys,
      List<FindingView> findings,
      long omitted) {
    /** The report in the form of the API. */
    public static CheckView of(IntegrityReport report) {
      Counts counts = report.counts();
      return new CheckView(
          report.isClean(),
          counts.zones(),
          counts.names(),
          counts.changesets(),
          counts.hosts(),
          counts.credentials(),
          counts.keys(),
          report.findings().stream()
              .map(finding -> new FindingView(finding.where(), finding.what(), finding.action()))
              .toList(),
          report.omitted());
    }
  }

  /**
   * One thing that is wrong.
   *
   * @param where the zone, name or table
   * @param what what is wrong
   * @param action what to do
   */
  @Json
  public record FindingView(String where, String what, String action) {}
}
