package net.homeport.registry.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.zone.LookupResult;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Decides about new hosts one after the other, each as if those before it were there already; adds
 * none. Under the lock of the {@link HostRegistry}.
 */
final class HostBatch {
  private final HostRegistry registry;
  private final ZoneSnapshot zones;
  private final ZoneRoles roles;
  private final SecretHasher hasher;
  private final List<HostNameCheck> nameChecks;
  private final Map<Name, Host> hosts = new HashMap<>();
  private final Map<String, Credential> credentials = new HashMap<>();
  private final List<Decided> decided = new ArrayList<>();

  /** A host that may be added, with what was asked. */
  record Decided(HostEntry entry, NameClaim claim) {}

  HostBatch(
      HostRegistry registry,
      ZoneSnapshot zones,
      ZoneRoles roles,
      SecretHasher hasher,
      List<HostNameCheck> nameChecks) {
    this.registry = registry;
    this.zones = zones;
    this.roles = roles;
    this.hasher = hasher;
    this.nameChecks = nameChecks;
  }

  /** Those that may be added, in their order. */
  List<Decided> decided() {
    return decided;
  }

  /** Takes back what the checks were told: none of the hosts is added. */
  void abandon() {
    decided
        .reversed()
        .forEach(
            one -> nameChecks.forEach(check -> check.notAdded(one.entry().host(), one.claim())));
  }

  private @Nullable Credential credential(String username) {
    Credential made = credentials.get(username.toLowerCase(Locale.ROOT));
    return made == null ? registry.credential(username) : made;
  }

  /** What becomes of this wish. */
  HostAddition decide(HostRequest wanted) {
    Name name = wanted.name();
    Host present = hosts.getOrDefault(name, registry.host(name));
    if (present != null) {
      return new HostAddition.AlreadyThere(present);
    }
    String flaw = flaw(name);
    if (flaw != null) {
      return new HostAddition.NotAHostName(name, flaw);
    }
    String joinedName = wanted.username();
    Credential joined = joinedName == null ? null : credential(joinedName);
    if (joinedName != null && joined == null) {
      return new HostAddition.NoSuchCredential(joinedName);
    }
    Zone zone = zones.zoneOf(name);
    if (zone == null) {
      return new HostAddition.NoSuchZone(name);
    }
    String refusal = roles.refusal(zone.apex());
    String obstacle = refusal != null ? refusal : obstacle(zones, zone, name);
    if (obstacle != null) {
      return new HostAddition.NameTaken(name, obstacle);
    }
    String username = name.toString(true);
    if (joined == null && credential(username) != null) {
      return new HostAddition.NameTaken(
          name, "a credential with that user name exists; join it with --username " + username);
    }
    String secret = joined == null ? hasher.newSecret() : null;
    Credential credential =
        joined == null ? made(username, Objects.requireNonNull(secret)) : joined;
    var host =
        new Host(name, zone.apex(), credential.id(), wanted.ttl(), registry.clock().instant());
    for (HostNameCheck check : nameChecks) {
      HostNameCheck.Refusal no = check.refusal(host, joined, wanted.claim());
      if (no != null) {
        return new HostAddition.Refused(name, no.why(), no.override());
      }
    }
    hosts.put(name, host);
    if (joined == null) {
      credentials.put(username.toLowerCase(Locale.ROOT), credential);
    }
    nameChecks.forEach(check -> check.admitted(host, wanted.claim()));
    decided.add(
        new Decided(new HostEntry(host, joined == null ? credential : null), wanted.claim()));
    return new HostAddition.Added(host, credential, secret);
  }

  private Credential made(String username, String secret) {
    return new Credential(
        registry.credentials().nextId() + credentials.size(),
        username,
        hasher.hash(secret),
        registry.clock().instant());
  }

  /**
   * What in this name no host's name has; null if it is one (RFC 1123 2.1). The underscore is not
   * one of theirs, but of many devices' that are called so all the same.
   */
  private static @Nullable String flaw(Name name) {
    for (int i = 0; i < name.labels() - 1; i++) {
      byte[] label = name.getLabel(i);
      for (int at = 1; at < label.length; at++) {
        int octet = label[at] & 0xFF;
        boolean sound =
            (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '_'
                || (octet == '-' && at > 1 && at < label.length - 1);
        if (!sound) {
          return "the label '%s' has other characters than letters, digits and hyphens within"
              .formatted(name.getLabelString(i));
        }
      }
    }
    return null;
  }

  /** Why a device's address could not be published at this name; null if it could. */
  private static @Nullable String obstacle(ZoneSnapshot snapshot, Zone zone, Name name) {
    switch (snapshot.lookup(name, Type.A)) {
      case LookupResult.Referral referral -> {
        return "it lies below the delegation of " + referral.cut();
      }
      case LookupResult.Alias alias when alias.rrset().type() == Type.DNAME -> {
        return "it lies below the DNAME record of " + alias.owner();
      }
      default -> {}
    }
    for (Rrset rrset : zone.rrsets(name)) {
      boolean address = rrset.type() == Type.A || rrset.type() == Type.AAAA;
      if (rrset.type() == Type.CNAME || (address && rrset.management() == Management.STATIC)) {
        return "it has a static " + Type.string(rrset.type()) + " record";
      }
    }
    return null;
  }
}
