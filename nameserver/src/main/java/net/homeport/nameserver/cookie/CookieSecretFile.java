package net.homeport.nameserver.cookie;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets that all servers of an anycast set share, of whatever brand (RFC 9018 section 5): a file
 * with one of 32 hexadecimal digits in each line. The first makes cookies, the others are still, or
 * already, good. Blank lines and those that begin with {@code #} say nothing. For one thread.
 */
public final class CookieSecretFile {
  /** More secrets than this in a file are a mistake. */
  public static final int SECRETS_MAX = 4;

  private static final Logger LOG = LoggerFactory.getLogger(CookieSecretFile.class);

  private final Path path;
  private List<CookieSecret> secrets;
  private String trouble = "";

  private CookieSecretFile(Path path, List<CookieSecret> secrets) {
    this.path = path;
    this.secrets = secrets;
  }

  /**
   * Reads the file.
   *
   * @throws IOException with a sentence for people that names file and line, and no secret
   */
  public static CookieSecretFile open(Path path) throws IOException {
    return new CookieSecretFile(path, read(path));
  }

  /** The secrets of now: a file that cannot be read any more is told of, and changes nothing. */
  public List<CookieSecret> current() {
    try {
      secrets = read(path);
      trouble = "";
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(trouble)) {
        LOG.warn("{}; the secrets of before stay in use", message);
      }
      trouble = message;
    }
    return secrets;
  }

  private static List<CookieSecret> read(Path path) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + path, e);
    } catch (IOException e) {
      throw new IOException("cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
    var secrets = new ArrayList<CookieSecret>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          secrets.add(CookieSecret.parse(line));
        } catch (IllegalArgumentException e) {
          throw new IOException("%s:%d: %s".formatted(path, i + 1, e.getMessage()), e);
        }
      }
    }
    if (secrets.isEmpty() || secrets.size() > SECRETS_MAX) {
      throw new IOException(
          "%s: has %d cookie secrets, which is not within 1..%d"
              .formatted(path, secrets.size(), SECRETS_MAX));
    }
    return List.copyOf(secrets);
  }
}
