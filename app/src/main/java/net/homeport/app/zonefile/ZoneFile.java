package net.homeport.app.zonefile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.homeport.app.config.ConfigurationException;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneInspection;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import net.homeport.zone.text.ZoneTextSource;
import net.homeport.zone.text.ZoneTextWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** A zone file on this machine; what it includes is found in its own folder. */
public final class ZoneFile {
  /** File names that tell the zone, such as {@code example.org.zone} or {@code db.example.org}. */
  private static final Pattern NAMED =
      Pattern.compile("(?:db\\.)?(.+?)(?:\\.(?:zone|db|dns|txt|hosts))?");

  private final Path path;
  private final IncludeFolder includes;
  private final ZoneTextSource source;

  private ZoneFile(Path path, IncludeFolder includes, ZoneTextSource source) {
    this.path = path;
    this.includes = includes;
    this.source = source;
  }

  /**
   * Reads the file's octets.
   *
   * @param flag what named the file, for the error
   */
  public static ZoneFile open(String flag, Path path) throws ConfigurationException {
    try {
      Path real = path.toRealPath();
      Path folder = real.getParent();
      var includes = new IncludeFolder(folder == null ? real : folder);
      var source = new ZoneTextSource(path.toString(), IncludeFolder.octets(real), includes);
      return new ZoneFile(path, includes, source);
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s: cannot read %s: %s".formatted(flag, path, reason(path, e)));
    }
  }

  private static String reason(Path path, IOException e) {
    if (e instanceof java.nio.file.NoSuchFileException) {
      return "there is no such file";
    }
    String message = String.valueOf(e.getMessage());
    return e.getClass() == IOException.class ? message : e.getClass().getSimpleName() + " " + path;
  }

  /** The file as it is. */
  public ZoneTextSource source() {
    return source;
  }

  /** Octets of the file, without what it includes. */
  public long size() {
    return source.octets().length;
  }

  /**
   * Which zone it is: what {@code given} says, else the file itself, else its name.
   *
   * @param given null or a name
   */
  public Name apex(@Nullable String given) throws ConfigurationException {
    if (given != null) {
      return name("--origin", given);
    }
    Name told = ZoneInspection.apexOf(source);
    if (told != null) {
      return told;
    }
    Path file = path.getFileName();
    Matcher named = NAMED.matcher(file == null ? "" : file.toString());
    if (named.matches() && named.group(1).contains(".")) {
      return name(path.toString(), named.group(1));
    }
    throw new ConfigurationException(
        "%s: neither $ORIGIN nor the file's name says which zone it is; say it with --origin NAME"
            .formatted(path));
  }

  /** An absolute name, with or without its last dot. */
  public static Name name(String flag, String text) throws ConfigurationException {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException _) {
      throw new ConfigurationException("%s: '%s' is not a domain name".formatted(flag, text));
    }
  }

  /**
   * The octets to send to a server, which includes nothing: the file itself if it includes nothing
   * either, else the zone written anew.
   *
   * @throws ZoneTextException when the file is not a zone
   */
  public byte[] checked(Name apex, LongConsumer progress) throws ZoneTextException {
    Zone zone = ZoneText.parse(ZoneSnapshot.empty(0), apex, source, progress);
    if (!includes.isUsed()) {
      return source.octets();
    }
    var out = new ByteArrayOutputStream();
    try {
      ZoneTextWriter.write(zone, out);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return out.toByteArray();
  }
}
