package net.homeport.web.console;

import java.util.List;
import net.homeport.web.http.Answers;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What all paths of the console share: the headers that confine the browser, and the methods. */
abstract class ConsoleResource extends Handler.Abstract {
  static final String HTML = "text/html;charset=utf-8";

  private static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "style-src 'self'",
          "script-src 'self'",
          "connect-src 'self'",
          "img-src 'self'",
          "form-action 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'");

  private final List<String> methods;

  /**
   * @param methods the HTTP methods it knows; others are answered with 405
   */
  ConsoleResource(HttpMethod... methods) {
    this.methods = List.of(methods).stream().map(HttpMethod::asString).toList();
  }

  @Override
  public final boolean handle(Request request, Response response, Callback callback)
      throws Exception {
    response
        .getHeaders()
        .put("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .put("X-Content-Type-Options", "nosniff")
        .put("Referrer-Policy", "no-referrer")
        .put("Cross-Origin-Resource-Policy", "same-origin")
        .put("Cross-Origin-Opener-Policy", "same-origin");
    if (!methods.contains(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", methods));
      return text(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "method not allowed");
    }
    answer(request, response, callback);
    return true;
  }

  /** Answers a request of a known method. */
  abstract void answer(Request request, Response response, Callback callback) throws Exception;

  static boolean text(Response response, Callback callback, int status, String line) {
    return Answers.send(response, callback, status, "text/plain;charset=utf-8", line + "\n");
  }

  /** See other: whatever the method was, the browser gets this path next. */
  static void redirect(Response response, Callback callback, String path) {
    response.getHeaders().put(HttpHeader.LOCATION, path).put(HttpHeader.CACHE_CONTROL, "no-store");
    Answers.empty(response, callback, HttpStatus.SEE_OTHER_303);
  }
}
