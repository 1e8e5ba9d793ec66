package net.homeport.store.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Folders within a data folder that a process which was killed did not take away. */
/*
 * A restore moves each file of before to a folder of its own, then the new one from another to where
 * it was. It is done when none is left of the new ones. If it was killed before that, some files are
 * of before and others are new, which fit together in no way; so those of before come back.
 */
final class LeftOvers {
  /** Work of a backup. */
  static final String BACKUP = "backup-";

  /** New files of a restore. */
  static final String RESTORE = "restore-";

  /** What a restore replaced. */
  static final String REPLACED = "replaced-";

  private LeftOvers() {}

  static List<String> cleanUp(Path data) throws IOException {
    var done = new ArrayList<String>();
    List<Path> restored = folders(data, RESTORE);
    boolean isHalfDone = false;
    for (Path beside : restored) {
      isHalfDone |= !files(beside).isEmpty();
    }
    for (Path old : folders(data, REPLACED)) {
      if (isHalfDone && !files(old).isEmpty()) {
        for (Path file : files(old)) {
          Files.move(file, data.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        DataFolder.sync(data);
        done.add(
            "a restore was killed before its end; what was there before it is back: restore again");
      }
      delete(old, done);
    }
    for (Path folder : restored) {
      delete(folder, done);
    }
    for (Path folder : folders(data, BACKUP)) {
      delete(folder, done);
    }
    for (Path folder : folders(data, DataFolder.NATIVE_LIBRARY)) {
      delete(folder, done);
    }
    return done;
  }

  private static void delete(Path folder, List<String> done) throws IOException {
    DataFolder.deleteFolder(folder);
    done.add("deleted %s, which a process that was killed had left".formatted(folder));
  }

  private static List<Path> folders(Path data, String prefix) throws IOException {
    try (Stream<Path> all = Files.list(data)) {
      return all.filter(Files::isDirectory)
          .filter(each -> String.valueOf(each.getFileName()).startsWith(prefix))
          .toList();
    }
  }

  /** Those of the files of a data folder that lie there. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              each -> {
                String name = String.valueOf(each.getFileName());
                return DataFolder.KEPT.contains(name)
                    || name.startsWith(DataFolder.KEPT.getFirst() + "-");
              })
          .toList();
    }
  }
}
