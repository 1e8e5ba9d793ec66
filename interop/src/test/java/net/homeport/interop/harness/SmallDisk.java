package net.homeport.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own with little room. */
public final class SmallDisk implements AutoCloseable {
  private final Path path;
  private final Thread cleanup;

  private SmallDisk(Path path) {
    this.path = path;
    this.cleanup = Thread.ofPlatform().unstarted(this::remove);
  }

  /**
   * Makes it.
   *
   * @param size as mount takes it, such as {@code 4m}
   */
  public static SmallDisk create(String size) {
    Root.require();
    try {
      var disk = new SmallDisk(Files.createTempDirectory("interop-disk"));
      Runtime.getRuntime().addShutdownHook(disk.cleanup);
      Commands.run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.path.toString())
          .succeeded();
      return disk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its root. */
  public Path path() {
    return path;
  }

  /** Makes it read-only, for everyone. */
  public void protect() {
    Commands.run("mount", "-o", "remount,ro", path.toString()).succeeded();
  }

  private void remove() {
    // Lazy, so that a process that still has a file open cannot keep the mount.
    Commands.run("umount", "-l", path.toString());
    Commands.run("rmdir", path.toString());
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(cleanup);
    remove();
  }
}
