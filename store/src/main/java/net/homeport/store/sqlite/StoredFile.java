package net.homeport.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when the store was opened.
 *
 * @param key what tells it from others on its file system; null if there is no such thing, or no
 *     such file: then nothing can be told of it
 */
record StoredFile(Path path, @Nullable Object key) {
  static StoredFile at(Path path) {
    try {
      return new StoredFile(path, keyOf(path));
    } catch (IOException _) {
      return new StoredFile(path, null);
    }
  }

  private static @Nullable Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** Whether its name still leads to it. */
  boolean isStillThere() {
    try {
      return key == null || Objects.equals(key, keyOf(path));
    } catch (IOException _) {
      return false;
    }
  }
}
