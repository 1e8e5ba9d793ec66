package net.homeport.registry.check;

import java.util.List;

/**
 * What a check has found.
 *
 * @param findings what is wrong, at most {@link #FINDINGS_MAX}; empty if all is whole
 * @param omitted how many more findings there were
 */
public record IntegrityReport(Counts counts, List<Finding> findings, long omitted) {
  /** Findings that are told; the rest is counted. */
  public static final int FINDINGS_MAX = 100;

  public IntegrityReport {
    findings = List.copyOf(findings);
  }

  /**
   * What was read.
   *
   * @param names owner names of the zones that could be loaded
   * @param changesets rows of the journal, of zones that are gone, too
   * @param keys update keys
   */
  public record Counts(
      long zones, long names, long changesets, long hosts, long credentials, long keys) {}

  /**
   * One thing that is wrong.
   *
   * @param where the zone, name or table
   * @param what what is wrong
   * @param action what to do
   */
  public record Finding(String where, String what, String action) {}

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return findings.isEmpty();
  }
}
