package net.homeport.web.api;

import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A resource's answer.
 *
 * @param body one of {@link ApiModel}, or {@link Streamed}
 */
record ApiResult(int status, Object body) {
  /** Text that may be larger than should lie in memory. */
  @FunctionalInterface
  interface Streamed {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;

    /** Its media type. */
    default String contentType() {
      return "text/dns";
    }
  }

  static ApiResult ok(Object body) {
    return new ApiResult(HttpStatus.OK_200, body);
  }

  static ApiResult created(Object body) {
    return new ApiResult(HttpStatus.CREATED_201, body);
  }

  static ApiResult problem(int status, String title, String detail) {
    return new ApiResult(status, new ApiModel.Problem(title, status, detail));
  }

  static ApiResult trouble(String incident) {
    return problem(HttpStatus.SERVICE_UNAVAILABLE_503, "the change could not be stored", incident);
  }

  String contentType() {
    return switch (body) {
      case ApiModel.Problem _ -> "application/problem+json";
      case Streamed streamed -> streamed.contentType();
      default -> "application/json";
    };
  }
}
