package net.homeport.web.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The console's stylesheet, script and logo, from the class path. Immutable. */
final class Assets {
  /** The path under which they stand. */
  static final String PREFIX = "/assets/";

  private static final int VERSION_CHARACTERS = 16;

  /** One file, and the version that its octets give it. */
  static final class Asset {
    private final String name;
    private final String contentType;
    private final byte[] octets;
    private final String version;

    private Asset(String name, String contentType) {
      this.name = name;
      this.contentType = contentType;
      this.octets = read(name);
      this.version = sha256(octets).substring(0, VERSION_CHARACTERS);
    }

    String contentType() {
      return contentType;
    }

    /** To be read only. */
    byte[] octets() {
      return octets;
    }

    String version() {
      return version;
    }

    /** A strong entity tag (RFC 9110 8.8.3). */
    String entityTag() {
      return '"' + version + '"';
    }
  }

  private final Map<String, Asset> byName;

  private Assets(Map<String, Asset> byName) {
    this.byName = byName;
  }

  /**
   * Reads them.
   *
   * @throws IllegalStateException if the distribution lacks one
   */
  static Assets load() {
    return new Assets(
        Stream.of(
                new Asset("console.css", "text/css;charset=utf-8"),
                new Asset("console.js", "text/javascript;charset=utf-8"),
                new Asset("homeport.svg", "image/svg+xml"))
            .collect(Collectors.toUnmodifiableMap(asset -> asset.name, asset -> asset)));
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks the console's asset " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the console's asset " + name + " cannot be read", e);
    }
  }

  private static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The asset of this file name, or null. */
  @Nullable Asset asset(String name) {
    return byName.get(name);
  }

  /** URL of an asset, which names its version: a new version is a new URL. */
  String url(String name) {
    return PREFIX + name + "?v=" + Objects.requireNonNull(byName.get(name)).version();
  }
}
