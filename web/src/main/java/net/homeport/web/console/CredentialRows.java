package net.homeport.web.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostGrants;
import net.homeport.web.console.HostPageModel.CredentialRow;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** The credentials that may change a host, in words. Thread safe. */
final class CredentialRows {
  private final HostCredentials credentials;
  private final HostGrants grants;

  CredentialRows(HostCredentials credentials, HostGrants grants) {
    this.credentials = credentials;
    this.grants = grants;
  }

  List<CredentialRow> of(Host host, Instant now) {
    return credentials.credentials(host, grants).stream()
        .map(credential -> row(credential, now))
        .toList();
  }

  private CredentialRow row(Credential credential, Instant now) {
    CredentialProfile profile = credentials.profile(credential);
    CredentialScope scope = profile.scope();
    Instant lastUse = credentials.lastUse(credential);
    Instant unusedUntil = unusedUntil(scope, lastUse == null ? credential.createdAt() : lastUse);
    return new CredentialRow(
        credential.username(),
        profile.comment(),
        names(scope.names()),
        limits(scope),
        expiry(scope, unusedUntil),
        obstacle(profile, unusedUntil, now),
        lastUse);
  }

  private static @Nullable Instant unusedUntil(CredentialScope scope, Instant lastUse) {
    Duration unused = scope.unusedExpiry();
    return unused == null ? null : lastUse.plus(unused);
  }

  private static String names(NameScope names) {
    return switch (names) {
      case NameScope.Own _ -> "the hosts that were added with it";
      case NameScope.None _ -> "no host: those that it was for are gone";
      case NameScope.OfSite site -> "the hosts of the site " + site.site();
      case NameScope.Listed listed ->
          listed.entries().stream()
              .map(entry ->
                  (entry.subtree() ? "all at and below " : "") + entry.name().toString(true))
              .collect(Collectors.joining(", "));
    };
  }

  private static List<String> limits(CredentialScope scope) {
    var limits = new ArrayList<String>();
    if (!scope.types().equals(CredentialScope.ANY_TYPE)) {
      limits.add(
          scope.types().isEmpty()
              ? "changes nothing"
              : "changes only "
                  + scope.types().stream().map(Type::string).collect(Collectors.joining(", ")));
    }
    if (!scope.frontDoors().isEmpty()) {
      limits.add("only through " + String.join(", ", scope.frontDoors()));
    }
    if (!scope.networks().isEmpty()) {
      limits.add(
          "only from "
              + scope.networks().stream()
                  .map(AddressBlock::toString)
                  .collect(Collectors.joining(", ")));
    }
    if (scope.requiresTls()) {
      limits.add("only within TLS, or as a signature");
    }
    return limits;
  }

  private static String expiry(CredentialScope scope, @Nullable Instant unusedUntil) {
    var ends = new ArrayList<String>(2);
    Instant expiresAt = scope.expiresAt();
    if (expiresAt != null) {
      ends.add(Wording.time(expiresAt));
    }
    if (unusedUntil != null) {
      ends.add(Wording.time(unusedUntil) + " unless it is used before");
    }
    return ends.isEmpty() ? "does not expire" : String.join(", or ", ends);
  }

  private static String obstacle(
      CredentialProfile profile, @Nullable Instant unusedUntil, Instant now) {
    Instant expiresAt = profile.scope().expiresAt();
    if (profile.disabled()) {
      return "disabled";
    }
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      return "expired";
    }
    return unusedUntil != null && !now.isBefore(unusedUntil) ? "ended unused" : "";
  }
}
