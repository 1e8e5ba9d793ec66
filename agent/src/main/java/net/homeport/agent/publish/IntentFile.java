package net.homeport.agent.publish;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the intent through a crash: {@code agent-intent} in the state directory, mode 600, always
 * either the old or the new one, whole. One agent to a directory. One thread.
 */
public final class IntentFile {
  private static final Logger LOG = LoggerFactory.getLogger(IntentFile.class);
  private static final String NAME = "agent-intent";
  // Twenty hosts need about 6 KiB.
  private static final int BYTES_MAX = 64 * 1024;

  private final Path directory;
  private final Path file;
  private final Path temporary;

  /**
   * A file in {@code directory}, which is made (mode 700) if it is missing.
   *
   * @throws IOException when there is no directory to write into
   */
  public IntentFile(Path directory) throws IOException {
    Files.createDirectories(directory, mode(directory, "rwx------"));
    if (!Files.isWritable(directory)) {
      throw new IOException("the state directory " + directory + " is not writable");
    }
    this.directory = directory;
    file = directory.resolve(NAME);
    temporary = directory.resolve(NAME + ".new");
  }

  /** The last intent written; empty when there is none or it is damaged, which is logged. */
  Optional<Intent> read() {
    try {
      if (Files.size(file) > BYTES_MAX) {
        LOG.warn("{} is too large to be an intent, beginning anew", file);
        return Optional.empty();
      }
      // Never throws for bytes that are no text; they do not decode.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      Optional<Intent> intent = IntentText.decode(text);
      if (intent.isEmpty()) {
        LOG.warn("{} is damaged, beginning anew", file);
      }
      return intent;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("cannot read {}, beginning anew", file, e);
      return Optional.empty();
    }
  }

  /**
   * Replaces the intent; it is on the disk when this returns.
   *
   * @throws IOException when it may not be; the old one may still stand
   */
  void write(Intent intent) throws IOException {
    // What a crash left behind may have other permissions.
    Files.deleteIfExists(temporary);
    Files.createFile(temporary, mode(directory, "rw-------"));
    // Not a channel: an interrupt, which ends the agent, would break off the write of an
    // acknowledgement that just came.
    try (var out = new FileOutputStream(temporary.toFile())) {
      out.write(IntentText.encode(intent).getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (isPosix(directory)) {
      // The new name, too, has to reach the disk.
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
