package net.homeport.web;

import net.homeport.web.http.Answers;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes a path with several slashes at its front as one with one: what devices send that join
 * {@code host/} and {@code /nic/update}. A doubled slash anywhere else is refused, as what it means
 * depends on who reads it.
 */
final class LeadingSlashes extends Handler.Wrapper {
  private static final String DOUBLED = "//";

  LeadingSlashes(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpURI uri = request.getHttpURI();
    String path = String.valueOf(uri.getPath());
    if (!path.contains(DOUBLED)) {
      return super.handle(request, response, callback);
    }
    int first = 0;
    while (first + 1 < path.length() && path.charAt(first + 1) == '/') {
      first++;
    }
    String rest = path.substring(first);
    if (!path.startsWith("/") || rest.contains(DOUBLED)) {
      return Answers.send(
          response, callback, HttpStatus.BAD_REQUEST_400, "text/plain", "Bad Request\n");
    }
    HttpURI meant = HttpURI.build(uri).path(rest).asImmutable();
    return super.handle(Request.serveAs(request, meant), response, callback);
  }
}
