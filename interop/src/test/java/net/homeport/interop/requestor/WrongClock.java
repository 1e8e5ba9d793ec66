package net.homeport.interop.requestor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.homeport.interop.harness.Commands;

/** Runs a program with a clock that is off. See {@code clock.c}. */
final class WrongClock {
  private final Path library;

  private WrongClock(Path library) {
    this.library = library;
  }

  /** Compiles the clock in a folder. */
  static WrongClock in(Path folder) {
    try (InputStream source = WrongClock.class.getResourceAsStream("clock.c")) {
      if (source == null) {
        throw new IllegalStateException("the tests lack their file clock.c");
      }
      Path file = folder.resolve("clock.c");
      Files.copy(source, file);
      Path library = folder.resolve("clock.so");
      Commands.run("gcc", "-shared", "-fPIC", "-O1", "-o", library.toString(), file.toString())
          .succeeded();
      return new WrongClock(library);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words before a command whose clock is to be ahead by this many seconds. */
  List<String> ahead(int seconds) {
    return List.of("env", "CLOCK_OFFSET=" + seconds, "LD_PRELOAD=" + library);
  }
}
