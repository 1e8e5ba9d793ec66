package net.homeport.interop.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * All records of a zone, as one server gives them by AXFR (RFC 5936).
 *
 * @param records one line a record, sorted; the SOA record is one of them
 */
public record WholeZone(List<String> records) {
  public WholeZone {
    records = records.stream().sorted().toList();
  }

  /**
   * Fetches it by dig from a server on the loopback.
   *
   * @param key {@code ALGORITHM:NAME:SECRET}, or empty: unsigned
   * @return without a record if the server gave none
   */
  public static WholeZone of(int port, String zone, String key) {
    var command =
        new ArrayList<>(
            List.of("dig", "@127.0.0.1", "-p", String.valueOf(port), zone, "AXFR", "+onesoa"));
    command.addAll(List.of("+nocomments", "+nocmd", "+nostats", "+time=5", "+tries=1"));
    if (!key.isEmpty()) {
      command.addAll(List.of("-y", key));
    }
    return new WholeZone(
        Commands.run(command)
            .out()
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(";"))
            .filter(line -> !line.contains("\tTSIG\t"))
            .map(line -> line.replaceAll("\\s+", " "))
            .toList());
  }

  /** What only one of two has, for people; empty if they are equal. */
  public List<String> differencesTo(WholeZone other) {
    var lines = new ArrayList<String>();
    records.stream()
        .filter(record -> !other.records.contains(record))
        .forEach(record -> lines.add("only here:  " + record));
    other.records.stream()
        .filter(record -> !records.contains(record))
        .forEach(record -> lines.add("only there: " + record));
    if (lines.isEmpty() && records.size() != other.records.size()) {
      lines.add("%d records here, %d there".formatted(records.size(), other.records.size()));
    }
    return List.copyOf(lines);
  }
}
