package net.homeport.app.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.homeport.app.config.ConfigurationException;
import net.homeport.web.api.CredentialModel.ScopeView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what a credential is for. */
final class ScopeFlags {
  private static final String NONE = "none";
  private static final String ANY = "any";

  @Option(
      names = "--host",
      paramLabel = "NAME",
      split = ",",
      description = "A host that it may change; may be repeated.")
  private @Nullable List<String> hosts;

  @Option(
      names = "--subtree",
      paramLabel = "NAME",
      split = ",",
      description = "A name with all hosts below it; may be repeated.")
  private @Nullable List<String> subtrees;

  @Option(names = "--site", paramLabel = "SITE", description = "The hosts of a site.")
  private @Nullable String site;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description =
          "Types of records that it may change: A, AAAA, TXT; 'any' for all, 'none' for none (default: any).")
  private @Nullable List<String> types;

  @Option(
      names = "--door",
      paramLabel = "DOOR",
      split = ",",
      description = "Front doors at which it is taken, such as dyndns2; 'any' (default: any).")
  private @Nullable List<String> doors;

  @Option(
      names = "--from",
      paramLabel = "NETWORK",
      split = ",",
      description = "Networks from which it is taken, as 203.0.113.0/24; 'any' (default: any).")
  private @Nullable List<String> networks;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "When it ends: 90d from now, a time such as 2027-01-01T00:00:00Z, or 'none' (default: none).")
  private @Nullable String expires;

  @Option(
      names = "--unused-expiry",
      paramLabel = "SPAN",
      description = "Let it end when it was not used for this long: 90d; 'none' (default: none).")
  private @Nullable String unusedExpiry;

  @Option(
      names = "--require-tls",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Do not take its secret in clear (default: false).")
  private @Nullable Boolean requireTls;

  /**
   * The scope of these flags; what no flag says is as before.
   *
   * @param before null for a new credential
   */
  ScopeView scope(@Nullable ScopeView before, Instant now) throws ConfigurationException {
    boolean named = hosts != null || subtrees != null || site != null;
    return new ScopeView(
        named || before == null ? hosts : before.hosts(),
        named || before == null ? subtrees : before.subtrees(),
        named || before == null ? site : before.site(),
        types(before),
        list(doors, before == null ? null : before.frontDoors()),
        list(networks, before == null ? null : before.networks()),
        expiresAt(before, now),
        unusedSeconds(before),
        requireTls == null ? before != null && before.requiresTls() : requireTls);
  }

  /** Whether any of them was given. */
  boolean isEmpty() {
    return hosts == null
        && subtrees == null
        && site == null
        && types == null
        && doors == null
        && networks == null
        && expires == null
        && unusedExpiry == null
        && requireTls == null;
  }

  private @Nullable List<String> types(@Nullable ScopeView before) {
    List<String> given = types;
    if (given == null) {
      return before == null ? null : before.types();
    }
    if (given.equals(List.of(ANY))) {
      return null;
    }
    return given.equals(List.of(NONE)) ? List.of() : given;
  }

  private static @Nullable List<String> list(
      @Nullable List<String> given, @Nullable List<String> before) {
    if (given == null) {
      return before;
    }
    return given.equals(List.of(ANY)) ? List.of() : given;
  }

  private @Nullable String expiresAt(@Nullable ScopeView before, Instant now)
      throws ConfigurationException {
    String given = expires;
    if (given == null) {
      return before == null ? null : before.expiresAt();
    }
    if (given.equals(NONE)) {
      return null;
    }
    if (given.matches("\\d+[dhms]")) {
      try {
        return now.plus(DurationText.parse("--expires", given)).toString();
      } catch (DateTimeException | ArithmeticException _) {
        throw new ConfigurationException("--expires: '%s' is too far away".formatted(given));
      }
    }
    return TimeText.parse("--expires", given, now.atZone(ZoneId.systemDefault())).toString();
  }

  private @Nullable Long unusedSeconds(@Nullable ScopeView before) throws ConfigurationException {
    String given = unusedExpiry;
    if (given == null) {
      return before == null ? null : before.unusedExpirySeconds();
    }
    return given.equals(NONE)
        ? null
        : Long.valueOf(DurationText.parse("--unused-expiry", given).toSeconds());
  }
}
