package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the API of secondaries. Times are RFC 3339 in UTC. */
public final class SecondaryModel {
  private SecondaryModel() {}

  /**
   * What to add as a secondary.
   *
   * @param address where it is told of changes: {@code 192.0.2.1}, {@code 192.0.2.1:5353}, {@code
   *     [2001:db8::1]:53}
   * @param key name of the TSIG key it proves itself with; null if its address must do
   * @param zones the zones that it may have; null for all
   * @param tlsOnly whether zones go to it within TLS only
   * @param notified whether it is told of changes; it is unless this is false
   * @param transferFrom networks it must come from
   */
  @Json
  public record NewSecondary(
      @Nullable String name,
      @Nullable String address,
      @Nullable String key,
      @Nullable List<String> zones,
      @Nullable Boolean tlsOnly,
      @Nullable Boolean notified,
      @Nullable List<String> transferFrom) {}

  /**
   * A secondary.
   *
   * @param zones the zones that it may have; null for all
   * @param catalogs of these, the catalog zones
   * @param status one for each of these zones that this server has
   */
  @Json
  public record SecondaryView(
      String name,
      String address,
      @Nullable String key,
      @Nullable String keyAlgorithm,
      @Nullable List<String> zones,
      boolean tlsOnly,
      boolean notified,
      List<String> transferFrom,
      String createdAt,
      List<SecondaryCatalog> catalogs,
      List<SecondaryZone> status) {}

  /**
   * A catalog zone that a secondary may have.
   *
   * @param members zones that it lists at present
   */
  @Json
  public record SecondaryCatalog(String zone, List<String> members) {}

  /**
   * What a secondary knows of a zone.
   *
   * @param serial what this server has
   * @param acknowledged the last serial that it said to have heard of, since this server's start
   * @param notifyResult what became of telling it
   * @param transferred the serial of the last transfer that it took, since this server's start
   * @param transfer how: AXFR, IXFR
   */
  @Json
  public record SecondaryZone(
      String zone,
      long serial,
      @Nullable Long acknowledged,
      String notifyResult,
      @Nullable String notifiedAt,
      @Nullable Long transferred,
      @Nullable String transfer,
      @Nullable String transferredAt) {}

  /** All secondaries. */
  @Json
  public record SecondaryList(List<SecondaryView> secondaries) {}
}
