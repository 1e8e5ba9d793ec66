package net.homeport.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.homeport.app.config.ConfigurationException;
import net.homeport.web.api.ApiModel.NewSecondary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code homeport zone add} that say from where a zone is copied, and how. */
final class PrimaryFlags {
  @Option(
      names = "--primary",
      paramLabel = "ADDRESS[:PORT]",
      description =
          "Copy the zone from this server, and keep the copy up to date (AXFR, IXFR, NOTIFY); may be given more than once, to be asked in turn.")
  private List<String> primaries = List.of();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "With --primary: the TSIG key that signs (see './homeport key add --help').")
  private @Nullable String key;

  @Option(
      names = "--tls",
      description =
          "With --primary: speak TLS (RFC 9103), port 853 unless given, and take any certificate.")
  private boolean tls;

  @Option(
      names = "--tls-name",
      paramLabel = "NAME",
      description =
          "As --tls, with a certificate for this name only: by an authority that the system trusts, unless there is --tls-ca or --tls-pin.")
  private @Nullable String tlsName;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description =
          "As --tls, with a certificate by one of the authorities in this file (PEM) only, for --tls-name, or else for the address of the primary. The file is read now; the server keeps what is in it.")
  private @Nullable Path tlsCa;

  @Option(
      names = "--tls-pin",
      paramLabel = "PIN",
      description = "As --tls, with this key only: SHA-256 of its public half in Base64.")
  private @Nullable String tlsPin;

  boolean isGiven() throws ConfigurationException {
    if (primaries.isEmpty() && isDetailed()) {
      throw new ConfigurationException(
          "--key and --tls are about a primary; say which with --primary ADDRESS");
    }
    return !primaries.isEmpty();
  }

  private boolean isDetailed() {
    return key != null || tls || tlsName != null || tlsPin != null || tlsCa != null;
  }

  NewSecondary wanted() throws ConfigurationException {
    return new NewSecondary(primaries, key, tls, tlsName, tlsPin, authorities());
  }

  private @Nullable String authorities() throws ConfigurationException {
    if (tlsCa == null) {
      return null;
    }
    try {
      return Files.readString(tlsCa);
    } catch (IOException e) {
      throw new ConfigurationException(
          "--tls-ca: the file %s cannot be read: %s".formatted(tlsCa, e));
    }
  }
}
