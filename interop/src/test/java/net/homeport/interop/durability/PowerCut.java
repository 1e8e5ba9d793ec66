package net.homeport.interop.durability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a machine whose power is cut: the changes that were synced, and of the others
 * whatever chance keeps. A name is on disk once its folder was synced, content once its file was:
 * no file system promises less.
 */
final class PowerCut {
  /** A name that appears or disappears; both for a rename, which is never half done. */
  private record Naming(@Nullable String gone, @Nullable String made, @Nullable FileImage file) {}

  private final Path root;
  private final Map<String, FileImage> present = new HashMap<>();
  private final Map<String, List<Naming>> pending = new HashMap<>();
  // Sorted, so that the same chance makes the same disk, and folders come before what they hold.
  private final Map<String, @Nullable FileImage> durable = new TreeMap<>();

  /**
   * The disk as of a position in the log.
   *
   * @param root the folder below which all changes are, which itself is on disk
   * @param honest which syncs do what they say; all, but in a control
   */
  PowerCut(Path root, List<Change> changes, long position, Predicate<Change.Sync> honest) {
    this.root = root;
    for (Change change : changes) {
      if (change.end() > position) {
        break;
      }
      if (!(change instanceof Change.Sync sync) || honest.test(sync)) {
        take(change);
      }
    }
  }

  private void take(Change change) {
    String path = change.path();
    switch (change) {
      case Change.Create _ -> {
        var file = new FileImage();
        present.put(path, file);
        name(path, new Naming(null, path, file));
      }
      case Change.Folder _ -> name(path, new Naming(null, path, null));
      case Change.Write _, Change.Truncate _ -> file(path).add(change);
      case Change.Sync _ -> {
        FileImage file = present.get(path);
        if (file == null) {
          pending.getOrDefault(path, List.of()).forEach(naming -> apply(durable, naming));
          pending.remove(path);
        } else {
          file.sync();
        }
      }
      case Change.FailedSync _ -> {
        FileImage file = present.get(path);
        if (file != null) {
          file.failSync();
        }
      }
      case Change.Rename rename -> {
        FileImage file = file(path);
        present.remove(path);
        present.put(rename.to(), file);
        name(path, new Naming(path, rename.to(), file));
      }
      case Change.Remove _ -> {
        present.remove(path);
        name(path, new Naming(path, null, null));
      }
    }
  }

  private FileImage file(String path) {
    FileImage file = present.get(path);
    if (file == null) {
      throw new AssertionError(
          "the log of the disk changes a file that it never saw made: " + path);
    }
    return file;
  }

  private void name(String path, Naming naming) {
    String folder = path.substring(0, path.lastIndexOf('/'));
    pending.computeIfAbsent(folder, _ -> new ArrayList<>()).add(naming);
  }

  private static void apply(Map<String, @Nullable FileImage> names, Naming naming) {
    if (naming.gone() != null) {
      names.remove(naming.gone());
    }
    if (naming.made() != null) {
      names.put(naming.made(), naming.file());
    }
  }

  /** Writes what chance left of the disk into a new folder. */
  void restoreInto(Path folder, Random random) {
    Map<String, @Nullable FileImage> names = new TreeMap<>(durable);
    for (List<Naming> lost : new TreeMap<>(pending).values()) {
      boolean inOrder = random.nextBoolean();
      int kept = random.nextInt(lost.size() + 1);
      for (int i = 0; i < lost.size(); i++) {
        if (inOrder ? i < kept : random.nextBoolean()) {
          apply(names, lost.get(i));
        }
      }
    }
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, @Nullable FileImage> entry : names.entrySet()) {
        Path path = folder.resolve(root.relativize(Path.of(entry.getKey())));
        FileImage file = entry.getValue();
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
          continue;
        }
        if (file == null) {
          Files.createDirectory(path);
        } else {
          Files.write(path, file.afterPowerCut(random));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
