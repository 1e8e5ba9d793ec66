package net.homeport.web.cloudflare;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of Cloudflare's API, without its envelope. */
final class CloudflareModel {
  private CloudflareModel() {}

  /** What a token is worth. */
  @Json
  record TokenView(String id, String status) {}

  /** A zone. */
  @Json
  record ZoneView(
      String id,
      String name,
      String status,
      boolean paused,
      String type,
      @Json.Property("name_servers") List<String> nameServers,
      List<String> permissions) {}

  /**
   * A record.
   *
   * @param ttl 1: automatic, which is the host's own
   * @param proxied whether Cloudflare would stand before it: never
   */
  @Json
  record RecordView(
      String id,
      @Json.Property("zone_id") String zoneId,
      @Json.Property("zone_name") String zoneName,
      String name,
      String type,
      String content,
      boolean proxiable,
      boolean proxied,
      int ttl,
      String comment,
      List<String> tags,
      @Json.Property("created_on") String createdOn) {}

  /** What was deleted. */
  @Json
  record Deleted(String id) {}

  /**
   * What shall be; what else is sent, such as {@code ttl} and {@code proxied}, is not looked at.
   */
  @Json
  record Wanted(@Nullable String type, @Nullable String name, @Nullable String content) {}

  /** One thing that is wrong. */
  @Json
  record Fault(int code, String message) {}

  /** Which part of a list this is. */
  @Json
  record Part(
      int page,
      @Json.Property("per_page") int perPage,
      int count,
      @Json.Property("total_count") int totalCount,
      @Json.Property("total_pages") int totalPages) {}
}
