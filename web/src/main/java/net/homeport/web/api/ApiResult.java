package net.homeport.web.api;

import org.eclipse.jetty.http.HttpStatus;

/**
 * A resource's answer.
 *
 * @param body one of {@link ApiModel}
 */
record ApiResult(int status, Object body) {
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
    return body instanceof ApiModel.Problem ? "application/problem+json" : "application/json";
  }
}
