package net.homeport.store.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which one server keeps everything. Held locked while the server runs, so that a
 * second server on the same folder is refused. Its files are readable by their owner only.
 */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK = "homeport.lock";
  private static final String KEY = "server.key";
  private static final String SELF_SIGNED = "self-signed.pem";
  private static final String TOKEN = "administrator.token";
  private static final String RUNNING = "running.json";
  private static final String DATABASE = "homeport.db";

  /** Begins the name of a folder that holds SQLite's native library while it is being loaded. */
  public static final String NATIVE_LIBRARY = "native-";

  /** What a backup holds. */
  static final List<String> KEPT = List.of(DATABASE, KEY, TOKEN, SELF_SIGNED);

  private final Path path;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel lockFile, FileLock lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Opens the folder for a server, makes it if need be, and locks it.
   *
   * @throws DataFolderException if it cannot be written, or another server holds it
   */
  public static DataFolder open(Path path) throws DataFolderException {
    try {
      createPrivate(path);
      createPrivateFileIfAbsent(path.resolve(LOCK));
      FileChannel file =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = lock(file);
      if (lock == null) {
        file.close();
        throw new DataFolderException(
            "another Homeport server%s uses the data folder %s; stop it, or give this one its own with --data DIR"
                .formatted(runningServer(path), path.toAbsolutePath()));
      }
      return new DataFolder(path, file, lock);
    } catch (IOException e) {
      throw new DataFolderException(
          "cannot use the data folder %s: %s; make it writable for this user, or choose another with --data DIR"
              .formatted(path.toAbsolutePath(), reason(e)));
    }
  }

  private static void createPrivate(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(path)) {
      if (parent != null) {
        createDurably(parent);
      }
      Files.createDirectory(path, mode(path, "rwx------"));
    }
    if (parent != null) {
      // At every start: the one that made the folder may have been killed before it came to this.
      sync(parent);
    }
  }

  private static void createDurably(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (Files.isDirectory(folder) || parent == null) {
      return;
    }
    createDurably(parent);
    Files.createDirectory(folder);
    sync(parent);
  }

  /** Names in a folder survive a power cut only when the folder is on disk, too. */
  static void sync(Path folder) throws IOException {
    if (!isPosix(folder)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException _) {
      // A folder that we may pass through but not read: whoever made it has seen to it.
    }
  }

  private static void createPrivateFileIfAbsent(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, mode(file, "rw-------"));
    }
  }

  private static FileAttribute<?>[] mode(Path path, String mode) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException _) {
      // A second server in this same process, as in tests.
      return null;
    }
  }

  private static String runningServer(Path path) {
    return readNote(path).map(note -> " (" + note.strip() + ")").orElse("");
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied for " + denied.getFile();
      case FileAlreadyExistsException exists -> exists.getFile() + " is a file, not a folder";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Where the embedded store keeps its database. */
  public Path database() {
    return path.resolve(DATABASE);
  }

  /** Where the embedded store of a data folder keeps its database, if there is one. */
  public static Path databaseIn(Path folder) {
    return folder.resolve(DATABASE);
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  /** This server's key for hashing secrets, or empty before the first run. */
  public Optional<byte[]> key() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(path.resolve(KEY)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /**
   * Keeps this server's key, once: it must never change while hashes made with it are kept.
   *
   * @throws FileAlreadyExistsException if there is one
   */
  public void createKey(byte[] key) throws IOException {
    Path file = path.resolve(KEY);
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    writePrivate(file, key);
  }

  /** Keeps the administrator's token where commands on this machine find it. */
  public void writeToken(String token) throws IOException {
    writePrivate(path.resolve(TOKEN), (token + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The administrator's token that a server keeps in this folder, if it is there and readable. */
  public static Optional<String> readToken(Path folder) throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(TOKEN)).strip());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Where a certificate of our own making is kept, with its key; it may not be there. */
  public Path selfSignedCertificate() {
    return path.resolve(SELF_SIGNED);
  }

  /** Files beside the database that a server needs to go on elsewhere: those that are there. */
  public List<Path> filesToKeep() {
    return Stream.of(KEY, TOKEN, SELF_SIGNED).map(path::resolve).filter(Files::exists).toList();
  }

  /**
   * Takes away what a process that was killed left in this folder: work of backups and of restores.
   * Of a restore that had not put all files in their place those of before come back. To be called
   * before anything in the folder is read.
   *
   * @return what was done, for a person
   */
  public List<String> cleanUp() throws IOException {
    List<String> done = LeftOvers.cleanUp(path);
    if (!done.isEmpty()) {
      sync(path);
    }
    return done;
  }

  /** Makes an empty folder within this one, for what a backup is made of. */
  public Path createForBackup() throws IOException {
    return Files.createTempDirectory(path, LeftOvers.BACKUP, mode(path, "rwx------"));
  }

  /** Makes an empty folder within this one, for files that shall replace those of this one. */
  public Path createBeside() throws IOException {
    return Files.createTempDirectory(path, LeftOvers.RESTORE, mode(path, "rwx------"));
  }

  /**
   * Writes one of the files of a data folder from a backup to another folder, and syncs it.
   *
   * @throws IOException also if a data folder has no such file
   */
  public static void restore(Path beside, String name, InputStream content) throws IOException {
    if (!KEPT.contains(name)) {
      throw new IOException("a data folder has no file " + name);
    }
    Path file = beside.resolve(name);
    createPrivateFileIfAbsent(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long _ = content.transferTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
  }

  /**
   * Puts the files that were made beside in the place of those of this folder, by renaming; the
   * database's log goes with the database. When that fails, all are where they were before.
   */
  public void replaceBy(Path beside) throws IOException {
    replaceBy(beside, _ -> {});
  }

  /** Told before each move how many were done; what it throws is a move that failed. */
  @FunctionalInterface
  interface BeforeMove {
    void moves(int done) throws IOException;
  }

  void replaceBy(Path beside, BeforeMove before) throws IOException {
    sync(beside);
    Path old = Files.createTempDirectory(path, LeftOvers.REPLACED, mode(path, "rwx------"));
    var moved = new ArrayDeque<Move>();
    try {
      for (String name : List.of(DATABASE + "-wal", DATABASE + "-shm")) {
        move(path.resolve(name), old.resolve(name), moved, before);
      }
      for (String name : KEPT) {
        if (Files.exists(beside.resolve(name))) {
          move(path.resolve(name), old.resolve(name), moved, before);
          move(beside.resolve(name), path.resolve(name), moved, before);
        }
      }
      sync(path);
    } catch (IOException e) {
      while (!moved.isEmpty()) {
        Move last = moved.pop();
        Files.move(last.to(), last.from(), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(old);
      throw e;
    }
    try {
      deleteFolder(old);
    } catch (IOException _) {
      // It is done; the old files are in nobody's way.
    }
  }

  /** A file that was renamed. */
  private record Move(Path from, Path to) {}

  private static void move(Path from, Path to, Deque<Move> moved, BeforeMove before)
      throws IOException {
    if (Files.exists(from)) {
      before.moves(moved.size());
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      moved.push(new Move(from, to));
    }
  }

  /** Deletes a folder of files. */
  public static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Keeps a certificate of our own making, with its key. */
  public void writeSelfSignedCertificate(String pem) throws IOException {
    writePrivate(selfSignedCertificate(), pem.getBytes(StandardCharsets.US_ASCII));
  }

  /** Leaves a note for commands: where the server that runs on this folder can be reached. */
  public void writeNote(String json) throws IOException {
    writePrivate(path.resolve(RUNNING), json.getBytes(StandardCharsets.UTF_8));
  }

  /** The note of the server that runs, or last ran, on this folder. */
  public static Optional<String> readNote(Path folder) {
    try {
      return Optional.of(Files.readString(folder.resolve(RUNNING)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Writes beside, syncs, then renames: a reader sees the old content or the new, never half. */
  private static void writePrivate(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    createPrivateFileIfAbsent(beside);
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content));
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    Path folder = file.getParent();
    if (folder != null) {
      sync(folder);
    }
  }

  /** Takes the note away and gives the folder free. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path.resolve(RUNNING));
    lock.release();
    lockFile.close();
  }
}
