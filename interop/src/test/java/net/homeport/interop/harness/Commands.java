package net.homeport.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end. */
public final class Commands {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Commands() {}

  /**
   * What a program left.
   *
   * @param exitCode -1 when it was ended because it took too long
   */
  public record Result(List<String> command, int exitCode, String out, String err) {
    /** This result, which must be a success. */
    public Result succeeded() {
      if (exitCode != 0) {
        throw new AssertionError("should have succeeded: " + this);
      }
      return this;
    }

    /** This result, which must be none. */
    public Result failed() {
      if (exitCode == 0) {
        throw new AssertionError("should have failed: " + this);
      }
      return this;
    }

    /** Both outputs, for programs that are not sure which to use. */
    public String output() {
      return out + err;
    }

    @Override
    public String toString() {
      return "%s%nended with %d%n%s%n%s".formatted(String.join(" ", command), exitCode, out, err);
    }
  }

  /** Runs a program in a folder. */
  public static Result in(Path folder, List<String> command) {
    try {
      // Files, not pipes: nobody has to read while the program runs.
      Path out = Files.createTempFile("interop", ".out");
      Path err = Files.createTempFile("interop", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          process.destroyForcibly().waitFor();
        }
        return new Result(
            List.copyOf(command), ended ? process.exitValue() : -1, text(out), text(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Runs a program. */
  public static Result run(List<String> command) {
    return in(Path.of("").toAbsolutePath(), command);
  }

  /** Runs a program. */
  public static Result run(String... command) {
    return run(List.of(command));
  }

  /** One command line after another. */
  public static List<String> joined(List<String> first, String... second) {
    var all = new ArrayList<>(first);
    all.addAll(List.of(second));
    return all;
  }
}
