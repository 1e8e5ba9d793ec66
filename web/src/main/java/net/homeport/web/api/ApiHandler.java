package net.homeport.web.api;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
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

/**
 * {@code /api/v1/...}: checks the administrator's token, finds the resource, and turns its result
 * into JSON.
 */
public final class ApiHandler extends Handler.Abstract {
  /** The path under which all resources stand. */
  public static final String PREFIX = "/api/v1/";

  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
  private static final String BEARER = "bearer ";
  private static final String FRONT_DOOR = "api";

  private final Predicate<String> administratorToken;
  private final ClientAddress clientAddress;
  private final InstantSource clock;
  private final Map<String, ApiResource> resources;
  private final Jsonb json = Jsonb.instance();

  /**
   * @param administratorToken whether a token is the administrator's
   * @param resources by the first step of their paths
   */
  public ApiHandler(
      Predicate<String> administratorToken,
      ClientAddress clientAddress,
      InstantSource clock,
      Map<String, ApiResource> resources) {
    this.administratorToken = administratorToken;
    this.clientAddress = clientAddress;
    this.clock = clock;
    this.resources = Map.copyOf(resources);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ApiResult result;
    try {
      result = isAdministrator(request) ? result(request) : unauthorized();
    } catch (JsonException e) {
      result = ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not the JSON expected", message(e));
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

  private boolean isAdministrator(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return header != null
        && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        && administratorToken.test(header.substring(BEARER.length()).strip());
  }

  private static ApiResult unauthorized() {
    return ApiResult.problem(
        HttpStatus.UNAUTHORIZED_401,
        "the administrator's token is needed",
        "send it as 'Authorization: Bearer TOKEN'; the server keeps it in administrator.token in its data folder");
  }

  private ApiResult result(Request request) throws IOException {
    String path =
        String.valueOf(request.getHttpURI().getCanonicalPath()).substring(PREFIX.length());
    var asked = new ApiRequest(request, path, actor(request), json);
    ApiResource resource = resources.get(asked.resource());
    ApiResult result = resource == null ? null : resource.answer(asked);
    return result == null
        ? ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "no such resource",
            request.getMethod() + " " + PREFIX + path + " is not part of this API")
        : result;
  }

  private Attribution actor(Request request) {
    InetAddress source = clientAddress.of(request);
    return new Attribution("administrator", FRONT_DOOR, source, clock.instant());
  }
}
