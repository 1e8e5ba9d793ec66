package net.homeport.store.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.store.sqlite.SqliteCopy.ZoneSerial;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a backup: lines of words.
 *
 * @param schema version of the database's schema
 * @param created when it was made
 * @param hosts how many hosts it holds
 * @param zones the zones with their serials
 * @param files what else is in it
 */
public record BackupContent(
    int schema, Instant created, int hosts, List<ZoneSerial> zones, List<FileLine> files) {
  private static final String FIRST = "homeport-backup 1";

  /**
   * A file.
   *
   * @param sha256 its checksum, in hexadecimal
   */
  public record FileLine(String name, long octets, String sha256) {}

  public BackupContent {
    zones = List.copyOf(zones);
    files = List.copyOf(files);
  }

  String text() {
    var text = new StringBuilder(FIRST).append('\n');
    text.append("schema ").append(schema).append('\n');
    text.append("created ").append(created).append('\n');
    text.append("hosts ").append(hosts).append('\n');
    for (FileLine file : files) {
      text.append("file %s %d %s%n".formatted(file.name(), file.octets(), file.sha256()));
    }
    for (ZoneSerial zone : zones) {
      text.append("zone %s %d%n".formatted(zone.name(), zone.serial()));
    }
    return text.toString();
  }

  static BackupContent parse(String text) throws BackupException {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(FIRST)) {
      throw new BackupException(
          "its manifest does not begin with '%s': it is no backup of Homeport, or one of a newer version"
              .formatted(FIRST));
    }
    int schema = 0;
    int hosts = 0;
    Instant created = null;
    var zones = new ArrayList<ZoneSerial>();
    var files = new ArrayList<FileLine>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", -1);
      try {
        switch (words[0]) {
          case "schema" -> schema = Integer.parseInt(words[1]);
          case "created" -> created = Instant.parse(words[1]);
          case "hosts" -> hosts = Integer.parseInt(words[1]);
          case "file" -> files.add(new FileLine(words[1], Long.parseLong(words[2]), words[3]));
          case "zone" -> zones.add(new ZoneSerial(words[1], Long.parseLong(words[2])));
          default -> throw new BackupException("its manifest has the unknown line '" + line + "'");
        }
      } catch (NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException e) {
        throw new BackupException("its manifest has the illegible line '" + line + "'", e);
      }
    }
    return new BackupContent(schema, known(created), hosts, zones, files);
  }

  private static Instant known(@Nullable Instant created) throws BackupException {
    if (created == null) {
      throw new BackupException("its manifest does not say when it was made");
    }
    return created;
  }
}
