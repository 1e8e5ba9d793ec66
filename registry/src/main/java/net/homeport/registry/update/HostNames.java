package net.homeport.registry.update;

import java.util.function.Supplier;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;

/**
 * Finds the full name of a host that was asked for, also where a dialect lets devices leave out the
 * zone (DuckDNS, dynv6) or the whole name (FreeDNS). Thread safe; one look-up a zone at most.
 */
final class HostNames {
  private final HostRegistry registry;
  private final Supplier<ZoneSnapshot> zones;
  private final HostAccess access;

  HostNames(HostRegistry registry, Supplier<ZoneSnapshot> zones, HostAccess access) {
    this.registry = registry;
    this.zones = zones;
    this.access = access;
  }

  /**
   * The absolute name; null if the text is none, or has one label only and may not. A short one
   * that is no host, or could be several, comes back as a name that no host has.
   *
   * @param credential who asks: a short name is one of a host that it may change
   */
  @Nullable Name full(HostWish wish, Credential credential) {
    String text = wish.hostName();
    if (!wish.inShort()) {
      return full(text);
    }
    if (text.isEmpty()) {
      return own(credential);
    }
    Name absolute = name(text, Name.root);
    if (absolute == null || isChangeable(absolute, credential)) {
      return absolute;
    }
    Name completed = completed(text, credential);
    return completed == null ? absolute : completed;
  }

  /** The host that a credential is named by, or else the only one that it may change. */
  private @Nullable Name own(Credential credential) {
    Name namesake = full(credential.username());
    if (namesake != null && isChangeable(namesake, credential)) {
      return namesake;
    }
    Host only = access.onlyHost(credential);
    return only == null ? namesake : only.name();
  }

  private static @Nullable Name full(String text) {
    Name name = name(text, Name.root);
    return name == null || name.labels() > 2 ? name : null;
  }

  /** The host of that short name in the zone of the credential's own host, or in the only zone. */
  private @Nullable Name completed(String text, Credential credential) {
    Name own = full(credential.username());
    Host ownHost = own == null ? null : registry.host(own);
    if (ownHost != null) {
      Name nearby = name(text, ownHost.zone());
      if (nearby != null && isChangeable(nearby, credential)) {
        return nearby;
      }
    }
    Name found = null;
    for (Zone zone : zones.get().zones()) {
      Name candidate = name(text, zone.apex());
      if (candidate != null && isChangeable(candidate, credential)) {
        if (found != null) {
          // In two zones: whichever we took, it would be the wrong one for somebody.
          return null;
        }
        found = candidate;
      }
    }
    return found;
  }

  private boolean isChangeable(Name name, Credential credential) {
    Host host = registry.host(name);
    return host != null && access.mayChange(credential, host);
  }

  private static @Nullable Name name(String text, Name origin) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      Name relative = Name.fromString(text);
      return relative.isAbsolute() ? relative : Name.concatenate(relative, origin);
    } catch (TextParseException | NameTooLongException _) {
      return null;
    }
  }
}
