package net.homeport.app.command;

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
      description = "As --tls, with a certificate for this name by a known authority only.")
  private @Nullable String tlsName;

  @Option(
      names = "--tls-pin",
      paramLabel = "PIN",
      description = "As --tls, with this key only: SHA-256 of its public half in Base64.")
  private @Nullable String tlsPin;

  boolean isGiven() throws ConfigurationException {
    if (primaries.isEmpty() && (key != null || tls || tlsName != null || tlsPin != null)) {
      throw new ConfigurationException(
          "--key and --tls are about a primary; say which with --primary ADDRESS");
    }
    return !primaries.isEmpty();
  }

  NewSecondary wanted() {
    return new NewSecondary(primaries, key, tls, tlsName, tlsPin);
  }
}
