package net.homeport.web.api;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import net.homeport.registry.account.Principal;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.web.http.Answers;
import net.homeport.web.http.ClientAddress;
import net.homeport.zone.update.Attribution;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/...}: finds out who asks, finds the resource, and turns its result into JSON. */
public final class ApiHandler extends Handler.Abstract {
  /** The path under which all resources stand. */
  public static final String PREFIX = "/api/v1/";

  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
  private static final String FRONT_DOOR = "api";

  private final ApiAccess access;
  private final ClientAddress clientAddress;
  private final InstantSource clock;
  private final Map<String, ApiResource> resources;
  private final Jsonb json = Jsonb.instance();

  /**
   * @param resources by the first step of their paths
   */
  public ApiHandler(
      ApiAccess access,
      ClientAddress clientAddress,
      InstantSource clock,
      Map<String, ApiResource> resources) {
    this.access = access;
    this.clientAddress = clientAddress;
    this.clock = clock;
    this.resources = Map.copyOf(resources);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ApiResult result;
    try {
      result =
          switch (access.caller(request, clientAddress.of(request))) {
            case ApiAccess.Caller.Known known -> result(request, known.principal());
            case ApiAccess.Caller.Unknown _ -> unauthorized();
            case ApiAccess.Caller.Slowed slowed -> {
              long seconds = Math.max(1, slowed.retryAfter().toSeconds());
              response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds);
              yield slowed(seconds);
            }
          };
    } catch (JsonException e) {
      result = ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not the JSON expected", message(e));
    } catch (BodyTooLongException e) {
      result =
          ApiResult.problem(HttpStatus.PAYLOAD_TOO_LARGE_413, "the body is too long", message(e));
    } catch (RegistryStoreException e) {
      LOG.error("an API request failed: {}", e.getMessage());
      result =
          ApiResult.problem(HttpStatus.SERVICE_UNAVAILABLE_503, "the store refused", message(e));
    } catch (IOException | RuntimeException e) {
      LOG.error("an API request failed", e);
      result =
          ApiResult.problem(HttpStatus.INTERNAL_SERVER_ERROR_500, "internal error", message(e));
    }
    if (result.status() == HttpStatus.UNAUTHORIZED_401) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"Homeport\"");
    }
    if (!request.consumeAvailable()) {
      // A refused body is not waited for; the client must not send its next request behind it.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (result.body() instanceof ApiResult.Streamed streamed) {
      return stream(response, callback, result, streamed);
    }
    byte[] body = (json.toJson(result.body()) + "\n").getBytes(StandardCharsets.UTF_8);
    return Answers.send(response, callback, result.status(), result.contentType(), body);
  }

  /** Without a Content-Length: a text that is cut short is seen by the missing last chunk. */
  private static boolean stream(
      Response response, Callback callback, ApiResult result, ApiResult.Streamed text) {
    response.setStatus(result.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, result.contentType());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    try {
      OutputStream out = Content.Sink.asOutputStream(response);
      text.writeTo(out);
      out.close();
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      callback.failed(e);
    }
    return true;
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private static ApiResult unauthorized() {
    return ApiResult.problem(
        HttpStatus.UNAUTHORIZED_401,
        "a token is needed",
        "send it as 'Authorization: Bearer TOKEN'; the server keeps the administrator's in administrator.token in its data folder, and people make their own");
  }

  private static ApiResult slowed(long seconds) {
    return ApiResult.problem(
        HttpStatus.TOO_MANY_REQUESTS_429,
        "too many passwords",
        "too many passwords came from your address; try again in %d seconds, or use a token"
            .formatted(seconds));
  }

  private ApiResult result(Request request, Principal principal) throws IOException {
    String path =
        String.valueOf(request.getHttpURI().getCanonicalPath()).substring(PREFIX.length());
    InetAddress source = clientAddress.of(request);
    var actor = new Attribution(principal.name(), FRONT_DOOR, source, clock.instant());
    var asked = new ApiRequest(request, path, actor, principal, access.authorization(), json);
    ApiResource resource = resources.get(asked.resource());
    if (resource != null
        && !(principal instanceof Principal.ServerAdministrator)
        && !resource.operationsOfMembers().contains(asked.operation())) {
      return ApiResult.problem(
          HttpStatus.FORBIDDEN_403,
          "not for members",
          "%s %s%s is for the administrator of the server alone"
              .formatted(request.getMethod(), PREFIX, path));
    }
    ApiResult result = resource == null ? null : resource.answer(asked);
    return result == null
        ? ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "no such resource",
            request.getMethod() + " " + PREFIX + path + " is not part of this API")
        : result;
  }
}
