package net.homeport.app.zonefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.homeport.zone.text.ZoneTextSource;

/**
 * Includes files of one folder and those below it: a zone file from elsewhere must not carry a
 * machine's other files into DNS. Links are followed first, then the real place counts.
 */
final class IncludeFolder implements ZoneTextSource.Includes {
  private final Path folder;
  private boolean used;

  /**
   * @param folder a real path
   */
  IncludeFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether any file was included. */
  boolean isUsed() {
    return used;
  }

  @Override
  public ZoneTextSource open(String path) throws IOException {
    Path real;
    try {
      real = folder.resolve(path).toRealPath();
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new IOException("there is no such file in the zone file's folder " + folder, e);
    } catch (IOException e) {
      throw new IOException("it cannot be found: " + e, e);
    }
    if (!real.startsWith(folder)) {
      throw new IOException(
          "it lies outside of the zone file's folder %s; only files in there are included"
              .formatted(folder));
    }
    used = true;
    return new ZoneTextSource(folder.relativize(real).toString(), octets(real), this);
  }

  /** The octets of an ordinary file: anything else, such as a device, may never end. */
  static byte[] octets(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          Files.exists(file) ? "it is not an ordinary file" : "there is no such file");
    }
    if (Files.size(file) > ZoneTextSource.OCTETS_MAX) {
      throw new IOException("it has more than %d octets".formatted(ZoneTextSource.OCTETS_MAX));
    }
    return Files.readAllBytes(file);
  }
}
