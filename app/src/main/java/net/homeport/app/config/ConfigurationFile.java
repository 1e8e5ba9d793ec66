package net.homeport.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/** A TOML file with the settings of {@code homeport serve}; each key is the flag of that name. */
public final class ConfigurationFile {
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "cookie-secret-file",
              "data",
              "dns",
              "dot",
              "freedns-logins",
              "gnudip",
              "history-megabytes",
              "https",
              "identity",
              "rate-limit",
              "rate-limit-exempt",
              "rate-limit-slip",
              "show-version",
              "stun",
              "tls-certificate",
              "tls-key",
              "trusted-proxy",
              "udp-workers",
              "web",
              "whoami"));

  private final Path file;
  private final TomlParseResult toml;

  private ConfigurationFile(Path file, TomlParseResult toml) {
    this.file = file;
    this.toml = toml;
  }

  /** No file: every setting is absent. */
  public static ConfigurationFile none() {
    return new ConfigurationFile(Path.of(""), Toml.parse(""));
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException that lists every error with line and column
   */
  public static ConfigurationFile read(Path file) throws ConfigurationException {
    TomlParseResult toml;
    try {
      toml = Toml.parse(Files.readString(file));
    } catch (NoSuchFileException _) {
      throw new ConfigurationException("there is no configuration file " + file);
    } catch (IOException e) {
      throw new ConfigurationException(
          "cannot read the configuration file " + file + ": " + e.getMessage());
    }
    if (toml.hasErrors()) {
      throw new ConfigurationException(
          toml.errors().stream()
              .map(error ->
                  "%s line %d, column %d: %s"
                      .formatted(
                          file,
                          error.position().line(),
                          error.position().column(),
                          error.getMessage()))
              .collect(Collectors.joining("\n")));
    }
    var read = new ConfigurationFile(file, toml);
    read.refuseUnknownKeys();
    return read;
  }

  private void refuseUnknownKeys() throws ConfigurationException {
    for (String key : toml.keySet()) {
      if (!KEYS.contains(key)) {
        throw new ConfigurationException(
            "%s: no setting is called '%s'; the settings are %s"
                .formatted(place(key), key, String.join(", ", KEYS)));
      }
    }
  }

  private String place(String key) {
    var position = toml.inputPositionOf(key);
    return position == null
        ? file.toString()
        : "%s line %d, column %d".formatted(file, position.line(), position.column());
  }

  /** A text, if it is set. */
  public Optional<String> text(String key) throws ConfigurationException {
    Object value = toml.get(key);
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw wrongType(key, "a text in quotes");
  }

  /** A whole number, if it is set. */
  public Optional<Integer> number(String key) throws ConfigurationException {
    Object value = toml.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Long number && number == number.intValue()) {
      return Optional.of(number.intValue());
    }
    throw wrongType(key, "a whole number");
  }

  /** Yes or no, if it is set. */
  public Optional<Boolean> flag(String key) throws ConfigurationException {
    Object value = toml.get(key);
    if (value == null || value instanceof Boolean) {
      return Optional.ofNullable((Boolean) value);
    }
    throw wrongType(key, "true or false");
  }

  /** Texts, if set: an array, or a single one. */
  public List<String> texts(String key) throws ConfigurationException {
    Object value = toml.get(key);
    return switch (value) {
      case null -> List.of();
      case String single -> List.of(single);
      case TomlArray array -> {
        var texts = new ArrayList<String>();
        for (Object element : array.toList()) {
          if (!(element instanceof String text)) {
            throw wrongType(key, "an array of texts in quotes");
          }
          texts.add(text);
        }
        yield texts;
      }
      default -> throw wrongType(key, "an array of texts in quotes");
    };
  }

  private ConfigurationException wrongType(String key, String wanted) {
    return new ConfigurationException("%s: '%s' is %s".formatted(place(key), key, wanted));
  }
}
