package net.homeport.store.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.homeport.store.backup.BackupContent.FileLine;
import net.homeport.store.folder.DataFolder;
import net.homeport.store.folder.DataFolderException;
import net.homeport.store.sqlite.SqliteCopy;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteStoreException;

/**
 * A ZIP file: the manifest ({@link BackupContent}) first, then the database and the files beside
 * it, the server's key among them. Whoever has it has all secrets of the server.
 */
/*
 * The copy of the database is made by SQLite (VACUUM INTO) as it was at one instant, from a reader's
 * view: commits go on beside it, and only the log grows meanwhile. It lies in the data folder until it
 * is sent, so the folder needs room for it.
 */
public final class Backup {
  private static final String MANIFEST = "manifest.txt";
  private static final String DATABASE = "homeport.db";
  private static final int BUFFER_OCTETS = 1 << 16;

  private Backup() {}

  /**
   * Writes a backup; the stream stays open.
   *
   * @throws net.homeport.store.sqlite.SqliteStoreException when the database cannot be copied
   */
  public static void write(
      SqliteDatabase database, DataFolder folder, Instant now, OutputStream out)
      throws IOException {
    Path work = folder.createForBackup();
    Path copy = work.resolve(DATABASE);
    try {
      SqliteCopy.Content content = SqliteCopy.make(database, copy);
      var files = new ArrayList<Path>(List.of(copy));
      files.addAll(folder.filesToKeep());
      var lines = new ArrayList<FileLine>();
      for (Path file : files) {
        lines.add(new FileLine(String.valueOf(file.getFileName()), Files.size(file), sha256(file)));
      }
      var manifest =
          new BackupContent(content.schema(), now, content.hosts(), content.zones(), lines);
      var zip = new ZipOutputStream(out);
      zip.setLevel(1);
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(manifest.text().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(String.valueOf(file.getFileName())));
        long _ = Files.copy(file, zip);
        zip.closeEntry();
      }
      zip.finish();
      zip.flush();
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(work);
    }
  }

  /**
   * Reads all of a backup and compares it with its checksums.
   *
   * @throws BackupException if it is not whole, which says what is wrong
   */
  public static BackupContent verify(Path file) throws BackupException {
    try (var zip = new ZipFile(file.toFile())) {
      BackupContent content = BackupContent.parse(text(zip));
      for (FileLine line : content.files()) {
        try (InputStream in = entry(zip, line.name())) {
          if (!digest(in).equals(line.sha256())) {
            throw new BackupException(
                "its part %s is damaged: the checksum is wrong".formatted(line.name()));
          }
        }
      }
      return content;
    } catch (IOException | BackupException e) {
      throw new BackupException(
          "%s cannot be restored: %s; take another backup".formatted(file, e.getMessage()), e);
    }
  }

  private static String text(ZipFile zip) throws IOException, BackupException {
    try (InputStream in = entry(zip, MANIFEST)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream entry(ZipFile zip, String name) throws IOException, BackupException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || name.contains("/") || name.contains("\\")) {
      throw new BackupException("its part " + name + " is missing");
    }
    return new BufferedInputStream(zip.getInputStream(entry), BUFFER_OCTETS);
  }

  /**
   * Makes a data folder of a backup: all of it is written beside what is there, read, and then put
   * in its place, so that what fails leaves the folder as it was.
   *
   * @param data the folder; made if need be
   * @param force replace what is in it
   * @param raiseSerials by how much the serial of each zone is raised, so that secondaries that
   *     have seen later ones take the zones again
   * @return what is restored
   */
  public static BackupContent restore(
      Path file, Path data, boolean force, long raiseSerials, Instant now)
      throws BackupException, DataFolderException {
    BackupContent content = verify(file);
    if (!force && isInUse(data)) {
      throw new BackupException(
          "the folder %s is not empty; restore to another one, or add --force to replace what is in it"
              .formatted(data.toAbsolutePath()));
    }
    try (DataFolder folder = DataFolder.open(data)) {
      Path beside = folder.createBeside();
      try {
        extract(file, content, beside);
        SqliteCopy.raiseSerials(DataFolder.databaseIn(beside), raiseSerials, now);
        folder.replaceBy(beside);
      } finally {
        DataFolder.deleteFolder(beside);
      }
      return content;
    } catch (IOException | SqliteStoreException e) {
      throw new BackupException(
          "%s could not be restored to %s: %s; what was in that folder is as it was"
              .formatted(file, data, e.getMessage()),
          e);
    }
  }

  private static void extract(Path file, BackupContent content, Path to)
      throws IOException, BackupException {
    try (var zip = new ZipFile(file.toFile())) {
      for (FileLine line : content.files()) {
        try (InputStream in = entry(zip, line.name())) {
          DataFolder.restore(to, line.name(), in);
        }
      }
    }
  }

  private static boolean isInUse(Path data) throws BackupException {
    if (!Files.exists(data)) {
      return false;
    }
    try (var files = Files.list(data)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      throw new BackupException("cannot read the folder %s: %s".formatted(data, e), e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return digest(in);
    }
  }

  private static String digest(InputStream in) throws IOException {
    try {
      var digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
      long _ = digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
