package net.homeport.app.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.homeport.app.config.ConfigurationException;
import net.homeport.web.api.ApiModel.NewHost;
import org.jspecify.annotations.Nullable;

/**
 * A list of hosts: a line each, {@code HOST[,TTL[,USERNAME[,ACCOUNT]]]}, where a field may be
 * empty. Empty lines, lines that begin with {@code #} and a first line that begins with {@code
 * host,} are passed over.
 */
final class HostListFile {
  private static final int FIELDS_MAX = 4;

  private final Path path;
  private final List<Line> lines;

  /**
   * A host of the list.
   *
   * @param number of the line, from 1
   */
  record Line(int number, NewHost host) {}

  private HostListFile(Path path, List<Line> lines) {
    this.path = path;
    this.lines = lines;
  }

  static HostListFile read(Path path) throws ConfigurationException {
    var lines = new ArrayList<Line>();
    int number = 0;
    try (var reader = Files.newBufferedReader(path)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        String line = text.strip();
        boolean heading = lines.isEmpty() && (line.equals("host") || line.startsWith("host,"));
        if (!line.isEmpty() && !line.startsWith("#") && !heading) {
          lines.add(new Line(number, host(path, number, line.split(",", -1))));
        }
      }
    } catch (NoSuchFileException e) {
      throw new ConfigurationException("FILE: there is no file " + path);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException("%s, after line %d: not UTF-8".formatted(path, number));
    } catch (IOException e) {
      throw new ConfigurationException("FILE: cannot read %s: %s".formatted(path, e));
    }
    if (lines.isEmpty()) {
      throw new ConfigurationException(
          path + " lists no hosts; a line is HOST[,TTL[,USERNAME[,ACCOUNT]]]");
    }
    return new HostListFile(path, lines);
  }

  private static NewHost host(Path path, int line, String[] fields) throws ConfigurationException {
    if (fields.length > FIELDS_MAX) {
      throw new ConfigurationException(
          "%s, line %d: %d fields; a line is HOST[,TTL[,USERNAME[,ACCOUNT]]]"
              .formatted(path, line, fields.length));
    }
    String ttl = field(fields, 1);
    try {
      return new NewHost(
          fields[0].strip(),
          ttl == null ? null : Integer.valueOf(ttl),
          field(fields, 2),
          field(fields, 3));
    } catch (NumberFormatException e) {
      throw new ConfigurationException(
          "%s, line %d, field 2: '%s' is no TTL, a number of seconds".formatted(path, line, ttl));
    }
  }

  private static @Nullable String field(String[] fields, int index) {
    String text = index < fields.length ? fields[index].strip() : "";
    return text.isEmpty() ? null : text;
  }

  Path path() {
    return path;
  }

  /** The hosts, in the order of the file. */
  List<Line> lines() {
    return lines;
  }
}
