package net.homeport.app.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.config.ConfigurationFile;
import net.homeport.app.config.NameServerOptions;
import net.homeport.app.config.SocketAddressText;
import net.homeport.nameserver.cookie.CookieSecretFile;
import net.homeport.nameserver.query.NameServerSettings;
import net.homeport.nameserver.query.ResponseRateLimit;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code homeport serve} that are about the name server itself. */
final class NameServerFlags {
  @Option(
      names = "--identity",
      paramLabel = "TEXT",
      description =
          "Which server of several this is; told to those who ask by NSID or for id.server (default: not told).")
  private @Nullable String identity;

  @Option(
      names = "--show-version",
      description = "Tell the version to those who ask for version.bind (default: not told).")
  private boolean showVersion;

  @Option(
      names = "--no-whoami",
      description =
          "Do not answer whoami.<zone> with the asker's address (default: answered where the zone has no such name).")
  private boolean noWhoami;

  @Option(
      names = "--rate-limit",
      paramLabel = "N",
      description =
          "Equal answers a second by UDP to one network (/24, or /56 of IPv6); 0 limits nothing (default: 200).")
  private @Nullable Integer rateLimit;

  @Option(
      names = "--rate-limit-slip",
      paramLabel = "N",
      description =
          "Of the answers over the limit, one in N says \"ask by TCP\"; 0 drops all (default: 2).")
  private @Nullable Integer rateLimitSlip;

  @Option(
      names = "--rate-limit-exempt",
      paramLabel = "NETWORK",
      description =
          "A network that is never limited; repeatable (default: none; this machine never is).")
  private List<String> rateLimitExempt = new ArrayList<>();

  @Option(
      names = "--cookie-secret-file",
      paramLabel = "FILE",
      description =
          "A file with the secrets of DNS cookies that all servers of an anycast set share: 32 hexadecimal digits a line, the present one first; reread each minute (default: made from the data folder's key).")
  private @Nullable Path cookieSecretFile;

  @Option(
      names = "--stun",
      paramLabel = "ADDRESS:PORT",
      description =
          "Where to tell askers their address by STUN (RFC 8489), usually port 3478; repeatable (default: nowhere).")
  private List<String> stun = new ArrayList<>();

  /** What the flags and the file say together; the flags win. */
  NameServerOptions options(ConfigurationFile file) throws ConfigurationException {
    var addresses = new ArrayList<InetSocketAddress>();
    for (String text : stun.isEmpty() ? file.texts("stun") : stun) {
      addresses.add(SocketAddressText.parse("stun", text));
    }
    boolean silent = noWhoami || !file.flag("whoami").orElse(true);
    return new NameServerOptions(
        identity(identity == null ? file.text("identity") : Optional.of(identity)),
        showVersion || file.flag("show-version").orElse(false),
        !silent,
        number(
            "rate-limit",
            rateLimit,
            file,
            ResponseRateLimit.PER_SECOND_DEFAULT,
            ResponseRateLimit.PER_SECOND_MAX),
        number(
            "rate-limit-slip",
            rateLimitSlip,
            file,
            ResponseRateLimit.SLIP_DEFAULT,
            NameServerOptions.SLIP_MAX),
        networks(
            "rate-limit-exempt",
            rateLimitExempt.isEmpty() ? file.texts("rate-limit-exempt") : rateLimitExempt),
        cookieSecrets(
            cookieSecretFile == null
                ? file.text("cookie-secret-file").map(Path::of)
                : Optional.of(cookieSecretFile)),
        addresses);
  }

  private static Optional<CookieSecretFile> cookieSecrets(Optional<Path> path)
      throws ConfigurationException {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(CookieSecretFile.open(path.get()));
    } catch (IOException e) {
      throw new ConfigurationException("cookie-secret-file: " + e.getMessage());
    }
  }

  private static Optional<String> identity(Optional<String> text) throws ConfigurationException {
    if (text.isPresent()) {
      int octets = text.get().getBytes(StandardCharsets.UTF_8).length;
      if (octets == 0 || octets > NameServerSettings.TEXT_MAX) {
        throw new ConfigurationException(
            "identity: has %d octets, which is not within 1..%d"
                .formatted(octets, NameServerSettings.TEXT_MAX));
      }
    }
    return text;
  }

  /** What a flag says, or the file, or what is usual; from 0 to {@code most}. */
  static int number(
      String setting, @Nullable Integer flag, ConfigurationFile file, int otherwise, int most)
      throws ConfigurationException {
    int number = flag == null ? file.number(setting).orElse(otherwise) : flag;
    if (number < 0 || number > most) {
      throw new ConfigurationException(
          "%s: %d is not within 0..%d".formatted(setting, number, most));
    }
    return number;
  }

  /** The networks of these texts. */
  static List<AddressBlock> networks(String setting, List<String> texts)
      throws ConfigurationException {
    try {
      return texts.stream().map(AddressBlock::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(setting + ": " + e.getMessage());
    }
  }
}
