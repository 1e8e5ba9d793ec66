package net.homeport.interop.durability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of the disk, as the shim wrote it down; {@code end} is the length of the log after it.
 */
sealed interface Change {
  /** The length of the log once this was done. */
  long end();

  /** The file or folder it is about. */
  String path();

  /** A new, empty file. */
  record Create(long end, String path) implements Change {}

  /** A new folder. */
  record Folder(long end, String path) implements Change {}

  /** Octets written at an offset. */
  record Write(long end, String path, long offset, ByteBuffer data) implements Change {}

  /** A file is given this length. */
  record Truncate(long end, String path, long length) implements Change {}

  /** All that was done to this file, or to the names in this folder, is on disk. */
  record Sync(long end, String path) implements Change {}

  /** A sync that failed: what it was asked to write is forgotten, and no later sync writes it. */
  record FailedSync(long end, String path) implements Change {}

  /** A file gets another name. */
  record Rename(long end, String path, String to) implements Change {}

  /** A name is gone. */
  record Remove(long end, String path) implements Change {}

  /** Reads a log; a record that is not complete yet ends it. */
  static List<Change> read(Path log) {
    var changes = new ArrayList<Change>();
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        changes.add(next(in));
      }
    } catch (BufferUnderflowException _) {
      // The process was killed while it wrote this one; the change itself is then in doubt.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return changes;
  }

  private static Change next(ByteBuffer in) {
    char kind = (char) in.get();
    long number = in.getLong();
    byte[] name = new byte[Short.toUnsignedInt(in.getShort())];
    byte[] data = new byte[in.getInt()];
    in.get(name).get(data);
    long end = in.position();
    String path = new String(name, StandardCharsets.UTF_8);
    return switch (kind) {
      case 'c' -> new Create(end, path);
      case 'm' -> new Folder(end, path);
      case 'w' -> new Write(end, path, number, ByteBuffer.wrap(data));
      case 't' -> new Truncate(end, path, number);
      case 's' -> new Sync(end, path);
      case 'f' -> new FailedSync(end, path);
      case 'u' -> new Remove(end, path);
      case 'r' -> {
        int middle = path.indexOf('\0');
        yield new Rename(end, path.substring(0, middle), path.substring(middle + 1));
      }
      default -> throw new AssertionError("the log of the disk is damaged at " + end);
    };
  }
}
