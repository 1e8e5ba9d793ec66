package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of the API of sites. Times are RFC 3339 in UTC, spans of time are in seconds. */
public final class SiteModel {
  private SiteModel() {}

  /** What to add as a site. */
  @Json
  public record NewSite(@Nullable String name) {}

  /**
   * An address source to add or change, or to remove.
   *
   * @param reporter the host that speaks for it; null to keep the one it has, empty for none
   * @param takes {@code ipv4}, {@code ipv6} or the name it has in reports; null for the usual
   * @param prefixLength how many bits of what is reported to take; null for all
   * @param remove whether to remove it instead
   */
  @Json
  public record SourceChange(
      @Nullable String name,
      @Nullable String reporter,
      @Nullable String takes,
      @Nullable Integer prefixLength,
      @Nullable Boolean remove) {}

  /**
   * A host that shall be one of the site, or no longer.
   *
   * @param ipv4 its plan, such as {@code wan4}; null to keep the one it has
   * @param ipv6 its plan, such as {@code lan+::10}; null to keep the one it has
   * @param leave whether to take it out of the site instead
   */
  @Json
  public record HostChange(
      @Nullable String host,
      @Nullable String ipv4,
      @Nullable String ipv6,
      @Nullable Boolean leave) {}

  /**
   * An uplink to add or change, or to remove; null keeps what it has.
   *
   * @param place from 1, the preferred one
   * @param interval seconds of silence after which it is down
   * @param username the credential whose reports are about it; empty for none
   */
  @Json
  public record UplinkChange(
      @Nullable String name,
      @Nullable Integer place,
      @Nullable Integer weight,
      @Nullable Long interval,
      @Nullable String username,
      @Nullable Boolean remove) {}

  /**
   * Which uplinks are published; null keeps what it is.
   *
   * @param kind {@code all}, {@code priority} or {@code weighted}
   */
  @Json
  public record PolicyChange(
      @Nullable String kind,
      @Nullable Integer published,
      @Nullable Long holdDown,
      @Nullable Long failBackDelay,
      @Nullable Double flapPenalty,
      @Nullable Double flapSuppress,
      @Nullable Double flapReuse,
      @Nullable Long flapHalfLife,
      @Nullable Long flapLongest,
      @Nullable Long unstableTtl) {}

  /**
   * What the administrator says of sources.
   *
   * @param values address or network by the source's name; {@code -} if it has none
   */
  @Json
  public record NewReport(@Nullable String uplink, @Nullable Map<String, String> values) {}

  /** All sites. */
  @Json
  public record SiteList(List<SiteSummary> sites) {}

  /** A site in one line. */
  @Json
  public record SiteSummary(
      String name,
      int hosts,
      List<ValueView> values,
      List<String> uplinksInUse,
      boolean unstable) {}

  /**
   * A site.
   *
   * @param unstable whether uplinks come and go, so that TTLs are short
   */
  @Json
  public record SiteView(
      String name,
      String createdAt,
      List<SourceView> sources,
      List<ValueView> values,
      PolicyView policy,
      List<UplinkView> uplinks,
      boolean unstable,
      List<HostPlanView> hosts) {}

  /** An address source. */
  @Json
  public record SourceView(
      String name, @Nullable String reporter, String takes, @Nullable Integer prefixLength) {}

  /**
   * What a source was last reported to be.
   *
   * @param uplink empty for a site that has no named ones
   * @param lengthBefore the prefix length before, if it changed: plans may fit no more
   */
  @Json
  public record ValueView(
      String source,
      String uplink,
      String value,
      String at,
      String by,
      @Nullable Integer lengthBefore) {}

  /** Which uplinks are published. */
  @Json
  public record PolicyView(
      String kind,
      int published,
      long holdDown,
      long failBackDelay,
      double flapPenalty,
      double flapSuppress,
      double flapReuse,
      long flapHalfLife,
      long flapLongest,
      long unstableTtl) {}

  /**
   * An uplink.
   *
   * @param state {@code up}, {@code down}, {@code suppressed}, or {@code never heard}
   */
  @Json
  public record UplinkView(
      String name,
      int weight,
      long interval,
      @Nullable String username,
      String state,
      boolean inUse,
      @Nullable String heardAt) {}

  /**
   * A host of a site.
   *
   * @param addresses what DNS answers for it
   * @param misfits why its plans give no address, in words for a person
   */
  @Json
  public record HostPlanView(
      String host, String ipv4, String ipv6, List<String> addresses, List<String> misfits) {}
}
