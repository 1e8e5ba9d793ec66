package net.homeport.web.cloudflare;

import io.avaje.jsonb.Jsonb;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.web.cloudflare.CloudflareModel.Fault;
import net.homeport.web.cloudflare.CloudflareModel.Part;
import net.homeport.web.dialect.DoorReply;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * An answer in Cloudflare's envelope.
 *
 * @param body JSON
 * @param retryAfter when to come again; null if that does not matter
 */
record CloudflareReply(int status, String body, @Nullable Duration retryAfter) {
  private static final Jsonb JSON = Jsonb.instance();
  private static final String SUCCESS = ",\"success\":true,\"errors\":[],\"messages\":[]";

  /** With this result. */
  static CloudflareReply of(Object result) {
    return new CloudflareReply(
        HttpStatus.OK_200, "{\"result\":" + JSON.toJson(result) + SUCCESS + "}", null);
  }

  /**
   * One page of a list.
   *
   * @param page from 1
   */
  static CloudflareReply of(List<?> all, int page, int perPage) {
    long from = Math.min(all.size(), (page - 1L) * perPage);
    List<?> shown = all.subList((int) from, (int) Math.min(all.size(), from + perPage));
    String result =
        shown.stream().map(JSON::toJson).collect(Collectors.joining(",", "{\"result\":[", "]"));
    int pages = (all.size() + perPage - 1) / perPage;
    var part = new Part(page, perPage, shown.size(), all.size(), pages);
    return new CloudflareReply(
        HttpStatus.OK_200, result + SUCCESS + ",\"result_info\":" + JSON.toJson(part) + "}", null);
  }

  /** A final no, with Cloudflare's number for it where it has one. */
  static CloudflareReply no(int status, int code, String message) {
    return new CloudflareReply(
        status,
        "{\"result\":null,\"success\":false,\"errors\":["
            + JSON.toJson(new Fault(code, message))
            + "],\"messages\":[]}",
        null);
  }

  /** Our fault or our overload; never 429, which ends some clients for good. */
  static CloudflareReply later(Duration retryAfter) {
    CloudflareReply no =
        no(HttpStatus.SERVICE_UNAVAILABLE_503, 10013, "try again later: nothing was changed");
    return new CloudflareReply(no.status, no.body, retryAfter);
  }

  /** As the other one, when nobody knows better. */
  static CloudflareReply later() {
    return later(DoorReply.RETRY_AFTER);
  }

  static CloudflareReply invalid(String message) {
    return no(HttpStatus.BAD_REQUEST_400, 1004, "DNS Validation Error: " + message);
  }

  static CloudflareReply noSuchRecord() {
    return no(HttpStatus.NOT_FOUND_404, 81044, "Record does not exist.");
  }

  static CloudflareReply unauthorized() {
    return no(HttpStatus.FORBIDDEN_403, 9109, "Invalid access token");
  }

  static CloudflareReply rejected(Reason reason, String why) {
    return switch (reason) {
      case NO_SUCH_HOST -> noSuchRecord();
      case NOT_A_HOST_NAME, TOO_MANY_HOSTS, UNUSABLE_ADDRESS -> invalid(why);
      case NOT_ALLOWED, BLOCKED -> no(HttpStatus.FORBIDDEN_403, 10000, why);
      case NAME_TAKEN -> no(HttpStatus.BAD_REQUEST_400, 81053, why);
    };
  }
}
