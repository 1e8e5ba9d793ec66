package net.homeport.web.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Whole answers, with a Content-Length and never chunked: small devices read no other. */
public final class Answers {
  private Answers() {}

  /** An answer of one piece of text. */
  public static boolean send(
      Response response, Callback callback, int status, String contentType, String body) {
    return send(response, callback, status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer of these octets. */
  public static boolean send(
      Response response, Callback callback, int status, String contentType, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  /** An answer without content. */
  public static boolean empty(Response response, Callback callback, int status) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    callback.succeeded();
    return true;
  }
}
