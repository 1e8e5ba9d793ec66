package net.homeport.web.api;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands under one first step of the API's paths. Called on any thread, many at a time. */
@FunctionalInterface
public interface ApiResource {
  /**
   * The result of this request, or null if the resource has no such operation.
   *
   * @throws IOException if the request's body cannot be read
   */
  @Nullable ApiResult answer(ApiRequest request) throws IOException;

  /**
   * The operations, as {@link ApiRequest#operation} tells them, at which the resource itself looks
   * whether a person may; all others are the server administrator's alone.
   */
  default Set<String> operationsOfMembers() {
    return Set.of();
  }

  /** This resource, and for what it has not, the next one. */
  default ApiResource or(ApiResource next) {
    ApiResource first = this;
    return new ApiResource() {
      @Override
      public @Nullable ApiResult answer(ApiRequest request) throws IOException {
        ApiResult result = first.answer(request);
        return result == null ? next.answer(request) : result;
      }

      @Override
      public Set<String> operationsOfMembers() {
        var all = new HashSet<>(first.operationsOfMembers());
        all.addAll(next.operationsOfMembers());
        return Set.copyOf(all);
      }
    };
  }
}
