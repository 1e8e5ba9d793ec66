package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of the API: names here are names there. Times are RFC 3339 in UTC. */
public final class ApiModel {
  private ApiModel() {}

  /**
   * What to add as a zone with a SOA and one NS record.
   *
   * @param name apex
   * @param nameServer target of that NS record; {@code ns1} in the zone unless given
   */
  @Json
  public record NewZone(@Nullable String name, @Nullable String nameServer) {}

  /**
   * A zone.
   *
   * @param serial 0 while nothing has come from its primary yet
   * @param role {@code primary} or {@code secondary}
   * @param serialPolicy how its serial goes on with a change: {@code increment} or {@code unixtime}
   * @param secondary how it stands with its primaries; null if we are the primary
   */
  @Json
  public record ZoneView(
      String name,
      long serial,
      int names,
      String role,
      String serialPolicy,
      @Nullable SecondaryView secondary) {}

  /**
   * What can be set of a zone.
   *
   * @param serial {@code increment} or {@code unixtime}; null to leave it
   */
  @Json
  public record ZoneSettings(@Nullable String serial) {}

  /**
   * How it stands with a zone that is a copy of another server's.
   *
   * @param primaries addresses and ports
   * @param key name of the TSIG key, if there is one
   * @param tls whether TLS is spoken with them
   * @param tlsBy what their certificates must fulfil, for a person; null without TLS
   * @param lastChecked when a primary was last heard; null if never
   * @param lastTransferred when something was last transferred; null if never
   * @param nextCheck when a primary is asked next
   * @param lastError why the last check failed; null if it did not
   * @param expired whether it answers SERVFAIL, for no primary was heard for too long
   */
  @Json
  public record SecondaryView(
      List<String> primaries,
      @Nullable String key,
      boolean tls,
      @Nullable String tlsBy,
      @Nullable String lastChecked,
      @Nullable String lastTransferred,
      @Nullable String nextCheck,
      @Nullable String lastError,
      boolean expired) {}

  /**
   * What to copy from other servers.
   *
   * @param primaries {@code ADDRESS} or {@code ADDRESS:PORT}, of IPv6 {@code [ADDRESS]:PORT}; port
   *     53 unless given, or 853 with TLS
   * @param key name of the TSIG key that signs
   * @param tls whether to speak TLS, with any certificate unless one of the next is given
   * @param tlsName what the certificate must be for
   * @param tlsPin SHA-256 of the certificate's public key in Base64
   * @param tlsAuthorities certificates in PEM that may vouch for it
   */
  @Json
  public record NewSecondary(
      @Nullable List<String> primaries,
      @Nullable String key,
      @Nullable Boolean tls,
      @Nullable String tlsName,
      @Nullable String tlsPin,
      @Nullable String tlsAuthorities) {}

  /** All zones. */
  @Json
  public record ZoneList(List<ZoneView> zones) {}

  /**
   * What an import of a zone file changed, or would change.
   *
   * @param serial of the zone as it is now
   * @param changed whether anything changed, or would
   * @param dryRun nothing was changed, for it was only asked
   * @param namesAdded names that got their first records
   * @param namesChanged names whose records changed
   * @param namesRemoved names that lost their last records
   * @param hostRecordsKept RRsets of hosts that were kept in place of the file's
   */
  @Json
  public record ZoneImported(
      String name,
      long serial,
      boolean changed,
      boolean dryRun,
      int namesAdded,
      int namesChanged,
      int namesRemoved,
      int hostRecordsKept) {}

  /**
   * What to add as a host.
   *
   * @param name its name
   * @param ttl TTL of its addresses in seconds; 60 unless given
   * @param username of an existing credential that may change it too; else it gets its own
   * @param account whose it is; of who asks unless given, which for the administrator is the house
   */
  @Json
  public record NewHost(
      @Nullable String name,
      @Nullable Integer ttl,
      @Nullable String username,
      @Nullable String account) {}

  /**
   * Labels of a host to be set.
   *
   * @param labels an empty value takes a label away
   */
  @Json
  public record HostLabels(@Nullable Map<String, String> labels) {}

  /**
   * A host that was added.
   *
   * @param password shown this once; null when it joined a credential that existed
   */
  @Json
  public record HostAdded(String host, String username, @Nullable String password) {}

  /** Hosts to be added, all of them or none. */
  @Json
  public record NewHosts(@Nullable List<NewHost> hosts) {}

  /**
   * What became of one of several hosts.
   *
   * @param host its name as it was asked for
   * @param outcome {@code added}, {@code exists} or {@code refused}
   * @param username of its credential; null unless added
   * @param password shown this once; null unless a credential was made for it
   * @param problem why it cannot be added; null if it can
   */
  @Json
  public record HostImported(
      @Nullable String host,
      String outcome,
      @Nullable String username,
      @Nullable String password,
      @Nullable String problem) {}

  /**
   * What became of several hosts.
   *
   * @param stored whether they are there now; not when one was refused, nor in a trial
   */
  @Json
  public record HostsImported(boolean stored, List<HostImported> hosts) {}

  /**
   * A host as it is now.
   *
   * @param account whose it is
   * @param remarks what is to be said of its addresses, such as that one is not reachable
   */
  @Json
  public record HostView(
      String host,
      String zone,
      String username,
      long ttl,
      List<String> addresses,
      String createdAt,
      @Nullable String changedAt,
      @Nullable String changedBy,
      @Nullable String changedFrom,
      @Nullable String frontDoor,
      @Nullable String account,
      Map<String, String> labels,
      List<String> remarks) {}

  /**
   * Hosts by their names, in canonical order (RFC 4034 6.1).
   *
   * @param next what {@code ?after=} has to be for those that come next; null if none do
   */
  @Json
  public record HostList(List<HostView> hosts, @Nullable String next) {}

  /**
   * What the server serves.
   *
   * @param dns addresses and ports of DNS
   * @param dot addresses and ports of DNS over TLS
   * @param stun addresses and ports of STUN
   * @param web URLs
   * @param certificate what is served within TLS is served with it; null if nothing is
   */
  @Json
  public record StatusView(
      String version,
      List<String> dns,
      List<String> dot,
      List<String> stun,
      List<String> web,
      @Nullable CertificateView certificate,
      int zones,
      int hosts) {}

  /**
   * The server's certificate.
   *
   * @param names DNS names and addresses it is for
   * @param endsSoon whether it should have been renewed by now
   * @param sha256 its fingerprint
   * @param pin SHA-256 of its public key in Base64
   */
  @Json
  public record CertificateView(
      List<String> names,
      boolean selfSigned,
      String notAfter,
      long daysLeft,
      boolean endsSoon,
      String sha256,
      String pin) {}

  /** Something was removed. */
  @Json
  public record RemovedView(String removed) {}

  /** RFC 9457: why a request did not succeed, and what to do. */
  @Json
  public record Problem(String title, int status, String detail) {}
}
