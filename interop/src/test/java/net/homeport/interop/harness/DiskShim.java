package net.homeport.interop.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A library loaded into a server that stands between it and its disk: records each change below a
 * folder, ends the process at one of them, or makes syncs fail. See {@code disk.c}.
 */
public final class DiskShim {
  private static final Path LIBRARY = compiled();

  private DiskShim() {}

  private static Path compiled() {
    try (InputStream source = DiskShim.class.getResourceAsStream("disk.c")) {
      if (source == null) {
        throw new IllegalStateException("the tests lack their file disk.c");
      }
      Path folder = Files.createTempDirectory("homeport-disk");
      Path file = folder.resolve("disk.c");
      Path library = folder.resolve("disk.so");
      Files.copy(source, file);
      Commands.run(
              "gcc",
              "-shared",
              "-fPIC",
              "-O1",
              "-o",
              library.toString(),
              file.toString(),
              "-ldl",
              "-lpthread")
          .succeeded();
      Files.delete(file);
      library.toFile().deleteOnExit();
      folder.toFile().deleteOnExit();
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Environment of a server that writes down what it changes below the folder. */
  public static Map<String, String> recording(Path folder, Path log) {
    return environment(folder, Map.of("DISK_LOG", log.toString()));
  }

  /** As {@link #recording}, and as {@link #failing}. */
  public static Map<String, String> recordingAndFailing(Path folder, Path log, Path whileItExists) {
    return environment(
        folder, Map.of("DISK_LOG", log.toString(), "DISK_SYNC_FAILS", whileItExists.toString()));
  }

  /**
   * Environment of a server that is ended by SIGKILL just before a change.
   *
   * @param change the number of the change, counted from 1
   * @param torn whether half of it is done, if it is a write
   */
  public static Map<String, String> killing(Path folder, int change, boolean torn) {
    var variables = new HashMap<>(Map.of("DISK_KILL_AT", Integer.toString(change)));
    if (torn) {
      variables.put("DISK_TORN", "1");
    }
    return environment(folder, variables);
  }

  /** Environment of a server whose syncs of files below the folder fail while a file exists. */
  public static Map<String, String> failing(Path folder, Path whileItExists) {
    return environment(folder, Map.of("DISK_SYNC_FAILS", whileItExists.toString()));
  }

  /** Environment of a server that can write nothing below the folder while a file exists. */
  public static Map<String, String> readOnly(Path folder, Path whileItExists) {
    return environment(folder, Map.of("DISK_READ_ONLY", whileItExists.toString()));
  }

  private static Map<String, String> environment(Path folder, Map<String, String> more) {
    var variables = new HashMap<>(more);
    variables.put("LD_PRELOAD", LIBRARY.toString());
    variables.put("DISK_FOLDER", folder.toString());
    return variables;
  }
}
