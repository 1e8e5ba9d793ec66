package net.homeport.web.cloudflare;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import net.homeport.registry.challenge.ChallengeNames;
import net.homeport.registry.challenge.Challenges;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Records as this API has them: with numbers, which are keyed hashes of what the record is, so that
 * they stay the same, need no table, and tell nothing. Thread safe.
 */
final class CloudflareRecords {
  /** Numbers that are remembered; others are found by a look at all hosts of the credential. */
  static final int REMEMBERED_MAX = 10_000;

  private static final int ID_OCTETS = 16;

  private final HostRegistry hosts;
  private final HostGrants grants;
  private final Challenges challenges;
  private final Supplier<ZoneSnapshot> zones;
  private final SecretHasher hasher;
  private final Map<String, Name> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Name> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /**
   * One record.
   *
   * @param owner where it stands: the host, or the name of its challenges
   * @param content as text; empty if there is none yet
   */
  record Entry(String id, Host host, Name owner, int type, String content) {}

  CloudflareRecords(
      HostRegistry hosts,
      HostGrants grants,
      Challenges challenges,
      Supplier<ZoneSnapshot> zones,
      SecretHasher hasher) {
    this.hosts = hosts;
    this.grants = grants;
    this.challenges = challenges;
    this.zones = zones;
    this.hasher = hasher;
  }

  /** The number of a zone. */
  String zoneId(Name apex) {
    return id("zone " + apex.toString().toLowerCase(Locale.ROOT));
  }

  /** The number of a credential's token, which stays when the secret changes. */
  String tokenId(Credential credential) {
    return id("token " + credential.id());
  }

  private String recordId(Name owner, int type, String content) {
    return id(
        "record %s %d %s".formatted(owner.toString().toLowerCase(Locale.ROOT), type, content));
  }

  /** No secret has a blank in it, so none has this hash. */
  private String id(String what) {
    byte[] hash = hasher.hash("cloudflare " + what).octets();
    return HexFormat.of().formatHex(hash, 0, ID_OCTETS);
  }

  /** The host of that name, or of those challenges, if the credential may change it; else null. */
  @Nullable Host host(String owner, Credential credential) {
    Name name = name(owner);
    if (name == null) {
      return null;
    }
    Name challenged = ChallengeNames.hostOf(name);
    Host host = hosts.host(challenged == null ? name : challenged);
    return host != null && grants.mayChange(credential, host) ? host : null;
  }

  /** Whether a name is one where answers to challenges stand. */
  static boolean isChallenge(String owner) {
    Name name = name(owner);
    return name != null && ChallengeNames.hostOf(name) != null;
  }

  private static @Nullable Name name(String text) {
    try {
      return text.isEmpty() ? null : Name.fromString(text, Name.root);
    } catch (TextParseException _) {
      return null;
    }
  }

  /** All zones in which the credential has hosts. */
  List<Name> zones(Credential credential) {
    return grants.hosts(credential, null).stream().map(Host::zone).distinct().toList();
  }

  /** All hosts of the credential in the zone of that number. */
  List<Host> hosts(Credential credential, String zoneId) {
    Name zone =
        zones(credential).stream()
            .filter(apex -> zoneId(apex).equals(zoneId))
            .findFirst()
            .orElse(null);
    return zone == null ? List.of() : grants.hosts(credential, zone);
  }

  /** The records of a host now. */
  List<Entry> of(Host host) {
    var entries = new ArrayList<Entry>();
    for (int type : new int[] {Type.A, Type.AAAA}) {
      // The first one, which is the only one as a rule, keeps its number when it changes.
      boolean isFirst = true;
      for (InetAddress address : HostAddresses.of(zones.get(), host, type)) {
        String content = AddressText.of(address);
        entries.add(entry(host, host.name(), type, content, isFirst ? "" : content));
        isFirst = false;
      }
    }
    challenges.answers(host).forEach(answer -> entries.add(answer(host, answer)));
    return entries;
  }

  /** An answer to a challenge of a host. */
  Entry answer(Host host, String answer) {
    Name owner = Objects.requireNonNullElse(ChallengeNames.nameOf(host.name()), host.name());
    return entry(host, owner, Type.TXT, answer, answer);
  }

  /**
   * A record that is not there, at which one can be put: clients that only change what there is
   * could never give a new host its first address.
   */
  Entry vacant(Host host, int type) {
    return entry(host, host.name(), type, "", "");
  }

  private Entry entry(Host host, Name owner, int type, String content, String distinct) {
    return new Entry(recordId(owner, type, distinct), host, owner, type, content);
  }

  /** Whose record this was when it was last shown; forgotten first come, first gone. */
  void remember(Entry entry) {
    synchronized (remembered) {
      remembered.put(entry.id, entry.host.name());
    }
  }

  /** The record of that number in that zone, if the credential may change its host; else null. */
  @Nullable Entry find(String zoneId, String recordId, Credential credential) {
    Name name;
    synchronized (remembered) {
      name = remembered.get(recordId);
    }
    Host host = name == null ? null : hosts.host(name);
    if (host != null && grants.mayChange(credential, host)) {
      Entry entry = find(host, recordId);
      if (entry != null) {
        return zoneId(host.zone()).equals(zoneId) ? entry : null;
      }
    }
    return hosts(credential, zoneId).stream()
        .map(one -> find(one, recordId))
        .filter(entry -> entry != null)
        .findFirst()
        .orElse(null);
  }

  private @Nullable Entry find(Host host, String recordId) {
    for (Entry entry : of(host)) {
      if (entry.id.equals(recordId)) {
        return entry;
      }
    }
    for (int type : new int[] {Type.A, Type.AAAA}) {
      Entry vacant = vacant(host, type);
      if (vacant.id.equals(recordId)) {
        return vacant;
      }
    }
    return null;
  }

  /** In the order of their owners and types. */
  static List<Entry> sorted(List<Entry> entries) {
    return entries.stream()
        .sorted(Comparator.comparing(Entry::owner).thenComparingInt(Entry::type))
        .toList();
  }
}
